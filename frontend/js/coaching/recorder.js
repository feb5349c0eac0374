// <accord-recorder>: voice or video from the browser. It is at one place at a time (`data-state`), and shows what says it
// belongs there (`data-in`). Without it, or where it can't be, there is the form for a file below it.
import { Memory } from "./recorder-memory.js";
import { Refused, letGo, send } from "./recorder-upload.js";

const BARS = 40;
const LOUD_ENOUGH = 0.02;
const TYPES = {
  voice: ["audio/webm;codecs=opus", "audio/webm", "audio/mp4", "audio/ogg;codecs=opus"],
  video: ["video/webm;codecs=vp8,opus", "video/webm", "video/mp4"],
};
const WANTED = {
  voice: { audio: { echoCancellation: true, noiseSuppression: true } },
  video: { audio: { echoCancellation: true, noiseSuppression: true }, video: { width: { ideal: 1280 }, height: { ideal: 720 } } },
};
const RATES = { audioBitsPerSecond: 64_000, videoBitsPerSecond: 1_200_000 };
const PROBLEMS = { NotAllowedError: "denied", SecurityError: "denied", NotFoundError: "missing", OverconstrainedError: "missing", NotReadableError: "busy" };

const clock = (milliseconds) => {
  const seconds = Math.floor(milliseconds / 1000);
  return `${Math.floor(seconds / 60)}:${String(seconds % 60).padStart(2, "0")}`;
};

class Recorder extends HTMLElement {
  async connectedCallback() {
    if (!navigator.mediaDevices?.getUserMedia || !window.MediaRecorder) return;
    this.memory = new Memory(this.dataset.reader, this.dataset.feedback);
    this.find = (name) => this.querySelector(`[data-${name}]`);
    this.find("level").append(...Array.from({ length: BARS }, () => document.createElement("i")));
    this.addEventListener("click", (event) => this.press(event.target.closest("[data-do]")?.dataset.do));
    window.addEventListener("beforeunload", (event) => { if (["recording", "paused"].includes(this.dataset.state)) event.preventDefault(); });
    this.bring();
    this.go("idle");
    this.hidden = false;
    await Memory.tidy();
    await this.restore();
    this.setAttribute("data-ready", "");
  }

  disconnectedCallback() {
    this.quiet();
  }

  press(what) {
    const steps = {
      voice: () => this.ask("voice"), video: () => this.ask("video"), start: () => this.start(), pause: () => this.pause(),
      resume: () => this.resume(), stop: () => this.machine.stop(), again: () => this.again(), send: () => this.send(), leave: () => this.again(),
    };
    steps[what]?.();
  }

  go(state) {
    this.dataset.state = state;
    for (const part of this.querySelectorAll("[data-in]")) part.hidden = !part.dataset.in.split(" ").includes(state);
    this.focusFirst(state);
  }

  /** Whoever works with the keyboard finds the next button under their fingers. */
  focusFirst(state) {
    if (state === "idle" || !(this.contains(document.activeElement) || document.activeElement === document.body)) return;
    [...this.querySelectorAll("button[data-do]")].find((button) => button.checkVisibility())?.focus({ preventScroll: true });
  }

  say(words = "", tone = "") {
    this.find("note").textContent = words;
    this.find("note").dataset.tone = tone;
  }

  async ask(kind) {
    this.kind = kind;
    this.say();
    this.go("asking");
    try {
      this.stream = await navigator.mediaDevices.getUserMedia(WANTED[kind]);
    } catch (problem) {
      this.say(this.dataset[`said${(PROBLEMS[problem.name] ?? "missing").replace(/^./, (letter) => letter.toUpperCase())}`], "red");
      return this.go("idle");
    }
    if (this.dataset.state !== "asking") return this.quiet();
    const camera = this.find("camera");
    camera.hidden = kind !== "video";
    if (kind === "video") {
      camera.srcObject = this.stream;
      camera.play().catch(() => {});
    }
    this.listen();
    this.go("live");
  }

  /** The level meter: how loud the last moments were. */
  listen() {
    this.sound = new AudioContext();
    this.sound.resume();
    const analyser = this.sound.createAnalyser();
    analyser.fftSize = 1024;
    this.sound.createMediaStreamSource(new MediaStream(this.stream.getAudioTracks())).connect(analyser);
    const samples = new Float32Array(analyser.fftSize);
    const bars = [...this.find("level").children];
    this.loudest = 0;
    this.meter = setInterval(() => {
      analyser.getFloatTimeDomainData(samples);
      const level = Math.min(1, Math.sqrt(samples.reduce((sum, each) => sum + each * each, 0) / samples.length) * 4);
      if (this.dataset.state !== "paused") this.loudest = Math.max(this.loudest, level);
      bars.push(bars.shift());
      bars.at(-1).style.setProperty("--level", level.toFixed(3));
      this.find("level").append(bars.at(-1));
      this.find("level").setAttribute("aria-valuenow", Math.round(level * 100));
      this.tick();
    }, 80);
  }

  start() {
    const type = TYPES[this.kind].find((each) => MediaRecorder.isTypeSupported(each));
    this.machine = new MediaRecorder(this.stream, { mimeType: type, ...RATES });
    Object.assign(this, { pieces: [], counted: 0, since: performance.now(), upload: null });
    this.type = this.machine.mimeType || type;
    this.machine.ondataavailable = ({ data }) => this.got(data);
    this.machine.onstop = () => this.stopped();
    // A microphone that is pulled out ends the recording; what was said so far is there.
    this.machine.onerror = () => this.machine.state !== "inactive" && this.machine.stop();
    this.machine.start(1000);
    this.go("recording");
  }

  got(piece) {
    if (!piece.size) return;
    this.pieces.push(piece);
    this.memory.keep(this.take(), piece, this.pieces.length - 1);
  }

  take() {
    return { kind: this.kind, type: this.type, milliseconds: this.elapsed(), upload: this.upload };
  }

  elapsed() {
    return this.counted + (this.since ? performance.now() - this.since : 0);
  }

  hold() {
    this.counted = this.elapsed();
    this.since = 0;
  }

  pause() {
    this.machine.pause();
    this.hold();
    this.go("paused");
  }

  resume() {
    this.machine.resume();
    this.since = performance.now();
    this.go("recording");
  }

  tick() {
    if (!this.machine || this.machine.state === "inactive") return;
    this.find("time").textContent = clock(this.elapsed());
    if (this.elapsed() < Number(this.dataset.longest) * 1000) return;
    this.say(this.dataset.saidStopped);
    this.machine.stop();
  }

  stopped() {
    this.hold();
    this.quiet();
    this.memory.keep(this.take());
    if (this.loudest < LOUD_ENOUGH) this.say(this.dataset.saidSilent, "yellow");
    this.preview(new Blob(this.pieces, { type: this.type }));
  }

  /** Let go of microphone and camera, so that the browser's sign for them goes out. */
  quiet() {
    clearInterval(this.meter);
    this.stream?.getTracks().forEach((track) => track.stop());
    this.sound?.close();
    this.stream = this.sound = null;
    this.find("camera").srcObject = null;
  }

  preview(blob, name = "") {
    this.blob = blob;
    this.name = name || `recording.${blob.type.includes("mp4") ? "mp4" : blob.type.includes("ogg") ? "ogg" : "webm"}`;
    const player = document.createElement(this.kind === "video" ? "video" : "audio");
    URL.revokeObjectURL(this.shown);
    this.shown = URL.createObjectURL(blob);
    Object.assign(player, { controls: true, src: this.shown, playsInline: true, className: "recording-media" });
    // A stream does not say how long it is until somebody looks at its end.
    player.addEventListener("loadedmetadata", () => {
      if (Number.isFinite(player.duration)) return;
      player.addEventListener("durationchange", () => { player.currentTime = 0; }, { once: true });
      player.currentTime = Number.MAX_SAFE_INTEGER;
    }, { once: true });
    this.find("preview").replaceChildren(player);
    this.find("time").textContent = "0:00";
    this.go("preview");
  }

  async restore() {
    const left = await this.memory.found();
    if (!left || this.dataset.state !== "idle") return;
    this.memory.use(left.key);
    const { kind, type, milliseconds, upload } = left.take;
    Object.assign(this, { kind, type, upload, counted: milliseconds, since: 0 });
    this.say(this.dataset.saidRestored);
    this.preview(left.blob);
  }

  async again() {
    if (this.machine && this.machine.state !== "inactive") {
      this.machine.onstop = null;
      this.machine.stop();
    }
    this.quiet();
    this.say();
    await this.memory.forget();
    if (this.upload) letGo(this.upload, this.dataset.token);
    Object.assign(this, { upload: null, blob: null, machine: null });
    this.find("preview").replaceChildren();
    this.go("idle");
  }

  async send() {
    this.go("sending");
    this.say(this.dataset.saidSending);
    this.find("preview").querySelector("audio, video")?.pause();
    const recording = { blob: this.blob, name: this.name, type: this.kind === "voice" ? this.blob.type.replace(/^video/, "audio") : this.blob.type, milliseconds: this.counted };
    try {
      const next = await send(recording, this.dataset, {
        known: this.upload,
        begun: (upload) => { this.upload = upload; return this.isFile ? null : this.memory.keep(this.take()); },
        moved: (share) => { this.find("progress").value = share * 100; this.go("sending"); this.say(this.dataset.saidSending); },
        waiting: (said) => { this.go("waiting"); this.say(said || this.dataset.saidOffline, "yellow"); },
      });
      await this.memory.forget();
      location.assign(next);
    } catch (problem) {
      if (!(problem instanceof Refused)) throw problem;
      this.upload = null;
      this.say(problem.message || this.dataset.saidFailed, "red");
      this.go("preview");
    }
  }

  /** A file is looked at here first: what is too large or too long is said before a byte is sent. */
  bring() {
    const form = document.querySelector("[data-bring] form");
    const field = form.querySelector('input[type="file"]');
    form.addEventListener("submit", (event) => {
      event.preventDefault();
      event.stopPropagation();
      if (field.files[0]) this.brought(field.files[0]);
    }, true);
    field.addEventListener("change", () => { if (field.files[0]) this.brought(field.files[0]); });
  }

  brought(file) {
    if (file.size > Number(this.dataset.largest)) return this.say(this.dataset.saidLarge, "red");
    const player = document.createElement("video");
    const address = URL.createObjectURL(file);
    const over = (said) => { URL.revokeObjectURL(address); if (said) this.say(said, "red"); };
    player.preload = "metadata";
    player.onerror = () => over(this.dataset.saidUnplayable);
    player.onloadedmetadata = () => {
      const seconds = Number.isFinite(player.duration) ? player.duration : 0;
      if (seconds > Number(this.dataset.longest) + 1) return over(this.dataset.saidLong);
      over();
      Object.assign(this, { kind: player.videoWidth ? "video" : "voice", counted: seconds * 1000, since: 0, upload: null, isFile: true });
      this.say();
      this.preview(file, file.name);
    };
    player.src = address;
  }
}

customElements.define("accord-recorder", Recorder);
