// Elements of the page. Text from calls only ever becomes text: nothing here reads markup.

const SVG = "http://www.w3.org/2000/svg";

const byId = (id) => document.getElementById(id);

function fill(element, attributes, children) {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === undefined || value === null || value === false) continue;
    if (name.startsWith("on")) element.addEventListener(name.slice(2), value);
    else element.setAttribute(name, value === true ? "" : value);
  }
  element.append(...children.flat(2).filter((child) => child !== null && child !== undefined && child !== false));
  return element;
}

const h = (tag, attributes = {}, ...children) => fill(document.createElement(tag), attributes, children);
const s = (tag, attributes = {}, ...children) => fill(document.createElementNS(SVG, tag), attributes, children);

const counted = (count, one, many) => `${count.toLocaleString("en")} ${count === 1 ? one : many}`;

const tenths = (value) => (value / 10).toFixed(1);

// A time as a player shows it: the second that has begun.
function clock(seconds) {
  if (seconds === null || seconds === undefined) return "";
  const whole = Math.floor(Math.abs(seconds));
  const two = (n) => String(n).padStart(2, "0");
  const [hours, minutes, rest] = [Math.floor(whole / 3600), Math.floor(whole / 60) % 60, two(whole % 60)];
  return (seconds < 0 ? "-" : "") + (hours ? `${hours}:${two(minutes)}:${rest}` : `${minutes}:${rest}`);
}

// Where the eye is taken, with the keyboard's place.
function goTo(element) {
  const calm = matchMedia("(prefers-reduced-motion: reduce)").matches;
  element.scrollIntoView({ block: "center", behavior: calm ? "auto" : "smooth" });
  element.focus({ preventScroll: true });
}
