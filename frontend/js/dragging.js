// How dragging feels wherever cards and parts are moved, with mouse and finger alike.
export const FEEL = {
  animation: 140,
  // The browser's own dragging cannot be styled, and differs between mouse and finger.
  forceFallback: true,
  fallbackOnBody: true,
  fallbackTolerance: 4,
  // A finger that moves at once scrolls; one that rests first drags.
  delay: 180,
  delayOnTouchOnly: true,
  touchStartThreshold: 5,
  ghostClass: "is-landing",
  dragClass: "is-dragged",
};
