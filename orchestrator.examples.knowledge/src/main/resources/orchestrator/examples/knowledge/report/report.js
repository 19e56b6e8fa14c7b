"use strict";
// Pointing at a unit of the drawing shows everything that has to be learnt before it.
for (const svg of document.querySelectorAll("svg")) {
  const paths = [...svg.querySelectorAll(".edges path")];
  const units = new Map([...svg.querySelectorAll(".unit")].map(unit => [unit.dataset.unit, unit]));
  const clear = () => {
    svg.classList.remove("tracing");
    svg.querySelectorAll(".on").forEach(element => element.classList.remove("on"));
  };
  const trace = number => {
    clear();
    svg.classList.add("tracing");
    const wanted = [number];
    while (wanted.length) {
      const unit = units.get(wanted.pop());
      unit.classList.add("on");
      for (const path of paths.filter(p => p.dataset.to === unit.dataset.unit)) {
        path.classList.add("on");
        if (!units.get(path.dataset.from).classList.contains("on")) {
          wanted.push(path.dataset.from);
        }
      }
    }
  };
  for (const [number, unit] of units) {
    unit.addEventListener("pointerenter", () => trace(number));
    unit.addEventListener("pointerleave", clear);
    unit.addEventListener("focus", () => trace(number));
    unit.addEventListener("blur", clear);
  }
}
