// The recording. Peaks and length are given, so the browser reads only the seconds that it plays.
class Sound {
  constructor(view) {
    this.view = view;
    this.at = view.data.at || 0;
    this.heard = [];
    this.media = null;
    this.wave = null;
    if (!view.data.audio) return;
    this.media = new Audio();
    this.media.preload = "metadata";
    this.media.preservesPitch = true;
    this.media.addEventListener("error", () => view.fail());
    for (const name of ["play", "pause", "ended"]) this.media.addEventListener(name, () => view.playing(this.on));
    this.media.addEventListener("timeupdate", () => this.told(this.media.currentTime));
    this.media.addEventListener("seeking", () => this.told(this.media.currentTime));
    this.media.src = view.data.audio;
    this.media.currentTime = this.at;
  }

  get on() { return Boolean(this.media) && !this.media.paused && !this.media.ended; }

  told(seconds) {
    this.at = seconds;
    const quiet = this.on && this.view.skipping
      && this.view.data.silences.find(([start, end]) => seconds > start + 0.4 && seconds < end - 0.6);
    if (quiet) { this.media.currentTime = quiet[1] - 0.3; return; }
    for (const each of this.heard) each(seconds);
  }

  follow(each) { this.heard.push(each); }

  go(seconds) {
    const aim = Math.min(Math.max(0, seconds), this.view.data.duration);
    if (this.media) this.media.currentTime = aim;
    this.told(aim);
  }

  hear(seconds) {
    this.go(seconds);
    this.play();
  }

  play() {
    if (this.media) this.media.play().catch((reason) => { if (reason.name !== "AbortError") this.view.fail(); });
  }

  toggle() {
    if (this.on) this.media.pause();
    else this.play();
  }

  speed(rate) { if (this.media) this.media.playbackRate = rate; }

  end() {
    if (this.wave) this.wave.destroy();
    if (!this.media) return;
    this.media.pause();
    this.media.removeAttribute("src");
    this.media.load();
  }
}
