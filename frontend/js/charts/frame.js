// What all our charts share: font, calm axes, a tooltip drawn on the canvas (an HTML one would break the CSP).
const language = document.documentElement.lang || undefined;

/** A number as people of this language write it, with its unit. Missing values read as a dash. */
export function written(value, unit = "", decimals = 0) {
  if (value === null || value === undefined || value === "-") return "–";
  const format = new Intl.NumberFormat(language, { minimumFractionDigits: decimals, maximumFractionDigits: decimals });
  return format.format(value) + unit;
}

export function frame(colours) {
  return {
    textStyle: { fontFamily: colours.font, color: colours.text, fontSize: 12 },
    color: [1, 2, 3, 4, 5, 6].map((number) => colours[`series-${number}`]),
    aria: { enabled: false },
    tooltip: {
      renderMode: "richText",
      trigger: "axis",
      confine: true,
      backgroundColor: colours.surface,
      borderColor: colours.line,
      padding: [10, 14],
      textStyle: { color: colours.text, fontSize: 12, fontFamily: colours.font, lineHeight: 20 },
      axisPointer: { lineStyle: { color: colours.grey, type: "solid" } },
    },
  };
}

export function categoryAxis(colours, periods) {
  return {
    type: "category",
    data: periods,
    boundaryGap: false,
    axisTick: { show: false },
    axisLine: { lineStyle: { color: colours.line } },
    axisLabel: { color: colours["text-muted"], hideOverlap: true, margin: 12 },
  };
}

export function valueAxis(colours, label) {
  return {
    type: "value",
    scale: true,
    splitNumber: 4,
    axisLabel: { color: colours["text-muted"], formatter: label },
    splitLine: { lineStyle: { color: colours.line } },
  };
}
