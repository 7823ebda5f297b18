/*
 * What a page does besides being read: copies commands, opens what a link
 * leads to, prints what is folded, zooms and filters a time line.  Everything
 * is there without it.
 */
"use strict";
const words = document.body.dataset;

function button(text, run) {
	const b = document.createElement("button");
	b.type = "button";
	b.textContent = text;
	b.addEventListener("click", run);
	return b;
}

/* Where the browser has no clipboard for this page, the text is selected. */
async function copy(pre, b) {
	try {
		await navigator.clipboard.writeText(pre.textContent);
	} catch {
		getSelection().selectAllChildren(pre);
		document.execCommand("copy");
	}
	b.textContent = words.copied;
	setTimeout(() => { b.textContent = words.copy; }, 2000);
}

for (const pre of document.querySelectorAll("pre.cmd")) {
	const box = document.createElement("div");
	box.className = "copy";
	pre.replaceWith(box);
	const b = button(words.copy, () => copy(pre, b));
	box.append(pre, b);
}

function openTarget() {
	const id = decodeURIComponent(location.hash.slice(1));
	let at = id && document.getElementById(id);
	if (!at) return;
	const to = at;
	for (; at; at = at.parentElement)
		if (at.tagName === "DETAILS") at.open = true;
	to.scrollIntoView();
}
addEventListener("hashchange", openTarget);
openTarget();

/* On paper nothing is folded; what was stays so on the screen. */
let folded = [];
addEventListener("beforeprint", () => {
	folded = [...document.querySelectorAll("details:not([open])")];
	for (const d of folded) d.open = true;
});
addEventListener("afterprint", () => {
	for (const d of folded) d.open = false;
});

/* Rows and marks by source (data-s) and level (data-l). */
function filter(line, tools) {
	const off = { s: new Set(), l: new Set() };
	const items = line.querySelectorAll("[data-s], [data-l]");
	const apply = () => {
		for (const item of items)
			item.toggleAttribute("hidden",
				off.s.has(item.dataset.s) ||
				off.l.has(item.dataset.l));
	};
	for (const name of line.querySelectorAll("[data-filter]")) {
		const [kind, value] = name.dataset.filter.split(":");
		const label = document.createElement("label");
		const box = document.createElement("input");
		box.type = "checkbox";
		box.checked = true;
		box.addEventListener("change", () => {
			off[kind][box.checked ? "delete" : "add"](value);
			apply();
		});
		label.append(box, " ", name.textContent);
		tools.append(label);
	}
}

/*
 * Places are shares of the whole, in per cent; a zoom shows from..to of it.
 */
function zoom(svg, tools) {
	const places = [];
	let from = 0, to = 1;
	const start = +svg.dataset.start, end = +svg.dataset.end;
	for (const e of svg.querySelectorAll("[x], [x1], [cx]"))
		for (const name of ["x", "x1", "x2", "cx"])
			if (e.hasAttribute(name) && !e.classList.contains("fixed"))
				places.push([e, name,
					parseFloat(e.getAttribute(name)) / 100,
					parseFloat(e.getAttribute("width")) / 100]);
	const ticks = [...svg.querySelectorAll("text.at")];
	const show = () => {
		const span = to - from;
		for (const [e, name, at, width] of places) {
			e.setAttribute(name, (at - from) / span * 100 + "%");
			if (width)
				e.setAttribute("width", width / span * 100 + "%");
		}
		ticks.forEach((t, i) => {
			const share = i / ticks.length;
			t.setAttribute("x", share * 100 + "%");
			t.textContent = new Date(1000 * (start +
				(end - start) * (from + span * share)))
				.toISOString().replace("T", " ")
				.slice(0, (end - start) * span < 3600 ? 19 : 16);
		});
	};
	const set = (a, b) => {
		const width = Math.min(1, Math.max(b - a, 1e-5));
		from = Math.min(Math.max(0, a), 1 - width);
		to = from + width;
		show();
	};
	const by = factor => {
		const middle = (from + to) / 2, half = (to - from) / 2 * factor;
		set(middle - half, middle + half);
	};
	const move = part => {
		const way = (to - from) * part;
		set(from + way, to + way);
	};
	tools.append(button(words.in, () => by(.5)),
		button(words.out, () => by(2)),
		button("\u2190", () => move(-.5)), button("\u2192", () => move(.5)),
		button(words.all, () => set(0, 1)));
	tools.children[2].ariaLabel = words.earlier;
	tools.children[3].ariaLabel = words.later;
	let pressed = null;
	const share = event => {
		const box = svg.getBoundingClientRect();
		return from + (to - from) * (event.clientX - box.left) / box.width;
	};
	svg.addEventListener("pointerdown", e => { pressed = share(e); });
	svg.addEventListener("pointerup", e => {
		const at = share(e), a = pressed;
		pressed = null;
		if (a !== null && Math.abs(at - a) > (to - from) / 50)
			set(Math.min(a, at), Math.max(a, at));
	});
}

for (const line of document.querySelectorAll(".line")) {
	const tools = document.createElement("div");
	tools.className = "tools";
	const svg = line.querySelector("svg");
	if (svg) zoom(svg, tools);
	filter(line, tools);
	line.querySelector("h2").after(tools);
	line.querySelector(".legend")?.remove();
}
