/*
 * What the pages of a site do besides: they search while one types, lead from
 * a code to its page, and send files to a server that takes some.
 */
"use strict";

/* The links behind the page, laid upon the codes and topics in it. */
const list = document.querySelector("nav.codes");
if (list) {
	const to = new Map();
	const named = a => a.dataset.code || a.dataset.topic;
	for (const a of list.querySelectorAll("a"))
		to.set(named(a), a.href);
	for (const a of document.querySelectorAll(
		"main a[data-code], main a[data-topic]"))
		if (to.has(named(a))) a.href = to.get(named(a));
	list.hidden = true;
}

const form = document.querySelector("form[role=search]");
const box = form.elements.q;
const folder = new URL("./", form.action);
const lang = document.documentElement.lang;

/* Longer ones are lines of a log: what counts are the codes in them. */
const LINE = 60;
const SHOWN = 12, LISTED = 100;

/* Spaces whose numbers Windows itself writes in decimal. */
const DECIMAL = new Set(["win32", "jet", "api"]);

function hex(value) {
	return "0x" + (value >>> 0).toString(16).toUpperCase().padStart(8, "0");
}

/* A row: where it leads, its code as shown, its name, and what it says. */
function codeRow(value, decimal, name, text) {
	return { code: value, shown: decimal ? String(value | 0) : value, name,
		text, href: new URL(`code/${value.slice(8)}/${value}.html`,
			folder).href };
}
function pageRow(at, text) {
	return { code: "", shown: "", name: "", text,
		href: new URL(at + ".html", folder).href };
}

/* Accents and case make no difference. */
function fold(text) {
	return text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();
}

/* What a site without a server has: all rows, loaded when somebody types. */
let rows = null, loading = null;

/* Called by the index. */
function winwhySearch(text) {
	rows = text.split("\n").filter(line => line).map(line => {
		const [at, name, says] = line.split("\t");
		const row = /^#?0x/.test(at)
			? codeRow(at.replace("#", ""), at[0] === "#", name, says)
			: pageRow(at, says);
		row.words = " " + fold(`${row.code} ${row.shown} ${name} ${says}`);
		return row;
	});
}

function load() {
	loading ??= new Promise((done, failed) => {
		const script = document.createElement("script");
		script.src = form.dataset.index;
		script.onload = done;
		script.onerror = failed;
		document.head.append(script);
	});
	return loading;
}

/*
 * The numbers and names of codes in a text, as they stand in rows.  A decimal
 * number is one where nothing else was asked, or a word before it says so.
 */
function mentioned(text) {
	const found = new Set();
	for (const [, digits] of text.matchAll(/\b0x([0-9a-f]{1,8})\b/gi))
		found.add(hex(parseInt(digits, 16)));
	for (const [digits] of text.matchAll(/\b[89cd][0-9a-f]{7}\b/gi))
		found.add(hex(parseInt(digits, 16)));
	for (const [, digits] of text.matchAll(
		/(?:^|(?:error|code|status|value|erreur)\W{1,3}|(?=-\d{9}))(-?\d{1,10})(?![\w.:-])/gi))
		found.add(hex(+digits));
	for (const [name] of text.matchAll(/\b[A-Z][A-Z0-9]*(?:_[A-Z0-9]+)+\b/gi))
		found.add(name.toUpperCase());
	return found;
}

/*
 * How well a row answers words; 0: not at all.  One with all of them comes
 * before any that lacks one, and half of them must be there.
 */
function score(row, words) {
	let sum = 0, n = 0;
	for (const word of words) {
		const at = row.words.indexOf(word);
		if (at < 0) continue;
		n++;
		sum += /\W/.test(row.words[at - 1]) ? 20 : 8;
	}
	if (2 * n <= words.length && n < words.length) return 0;
	if (n === words.length) sum += 1000;
	if (fold(row.name).startsWith(words[0])) sum += 30;
	/* Numbers stay in their order; of sentences, the shorter says it best. */
	if (words[0].startsWith("0x")) return sum;
	return sum + (row.code ? 0 : 12) - Math.min(row.text.length, 300) / 60;
}

/* A plural finds the singular. */
function stem(word) {
	return word.length > 4 ? word.replace(/s$/, "") : word;
}

function look(query) {
	const codes = mentioned(query);
	const said = rows.filter(row => codes.has(row.code) || codes.has(row.name));
	if (query.length > LINE && said.length > 0) return said;
	const words = fold(query).split(/[^\p{L}\p{N}_]+/u).filter(w => w).map(stem);
	if (words.length === 0) return said;
	const scored = [];
	for (const row of rows) {
		const points = score(row, words);
		if (points > 0 && !said.includes(row)) scored.push([points, row]);
	}
	scored.sort((a, b) => b[0] - a[0]);
	return said.concat(scored.slice(0, LISTED).map(pair => pair[1]));
}

/* A server is asked; each question ends the one before. */
let asking = null;

function resultRow(result) {
	return result.kind === "topic"
		? pageRow("topic/" + result.id, result.title)
		: codeRow(result.value, DECIMAL.has(result.space),
			result.id ?? "", result.summary ?? "");
}
/* The code's row, or that of the topic which a line without one belongs to. */
function answerRow(answer) {
	const first = answer.readings?.find(reading => reading.names?.length);
	const line = answer.recognised?.find(sign => sign.topic);
	if (!first) return line && pageRow("topic/" + line.topic.id, line.title);
	return codeRow(first.value, DECIMAL.has(first.space),
		first.names[0].id, first.meaning ?? "");
}

async function get(verb, query, signal) {
	const answer = await fetch(new URL(`${form.dataset.api}${verb}?lang=${lang}` +
		"&q=" + encodeURIComponent(query), location), { signal });
	return answer.json();
}

/* The codes that are named, then what is found by words, each once. */
async function ask(query) {
	asking?.abort();
	asking = new AbortController();
	const { signal } = asking;
	const long = query.length > LINE;
	const [named, worded] = await Promise.all([
		long || mentioned(query).size > 0 ? get("explain", query, signal) : {},
		long ? {} : get("search", query, signal)]);
	const rows = (named.answers ?? []).map(answerRow).filter(row => row)
		.concat((worded.results ?? []).map(resultRow));
	const same = (a, b) => a.href === b.href && a.name === b.name;
	return rows.filter((row, i) => rows.findIndex(b => same(row, b)) === i);
}

async function find(query) {
	if (form.dataset.api) return ask(query);
	await load();
	return look(query);
}

/* A row as it is shown: the code and its name, then the sentence. */
function fill(element, row) {
	for (const [tag, text] of [["code", row.shown], ["code", row.name],
		["span", row.text]])
		if (text) {
			const part = document.createElement(tag);
			part.textContent = text;
			element.append(part, " ");
		}
}

/* The list below the box, as a combobox has one. */
const found = document.createElement("ul");
const says = document.createElement("p");
found.id = "found";
found.setAttribute("role", "listbox");
found.ariaLabel = box.ariaLabel;
found.hidden = true;
says.setAttribute("role", "status");
says.className = "quiet";
box.setAttribute("role", "combobox");
box.setAttribute("aria-autocomplete", "list");
box.setAttribute("aria-controls", "found");
box.ariaExpanded = "false";
form.append(found, says);
let at = -1;

function close() {
	found.hidden = true;
	found.replaceChildren();
	at = -1;
	box.ariaExpanded = "false";
	box.removeAttribute("aria-activedescendant");
}

function point(i) {
	const items = found.children;
	if (items[at]) items[at].ariaSelected = "false";
	at = i < -1 ? items.length - 1 : i >= items.length ? -1 : i;
	if (at < 0) {
		box.removeAttribute("aria-activedescendant");
		return;
	}
	items[at].ariaSelected = "true";
	items[at].scrollIntoView({ block: "nearest" });
	box.setAttribute("aria-activedescendant", items[at].id);
}

function show(results) {
	close();
	says.textContent = results.length === 0 ? form.dataset.none
		: `${form.dataset.found}: ${results.length}`;
	for (const [i, row] of results.slice(0, SHOWN).entries()) {
		const item = document.createElement("li");
		item.id = "found-" + i;
		item.setAttribute("role", "option");
		item.ariaSelected = "false";
		item.dataset.href = row.href;
		fill(item, row);
		found.append(item);
	}
	found.hidden = results.length === 0;
	box.ariaExpanded = String(results.length > 0);
}

box.addEventListener("input", async () => {
	const query = box.value.trim();
	if (!query) {
		asking?.abort();
		says.textContent = "";
		return close();
	}
	try {
		const results = await find(query);
		if (box.value.trim() === query) show(results);
	} catch {
		/* Aborted, or nobody to ask: the form still works. */
	}
});
box.addEventListener("focus", () => {
	if (!form.dataset.api) load().catch(() => {});
});
box.addEventListener("keydown", event => {
	if (event.isComposing) return;
	if (event.key === "ArrowDown" || event.key === "ArrowUp") {
		if (found.hidden) return;
		event.preventDefault();
		point(at + (event.key === "ArrowDown" ? 1 : -1));
	} else if (event.key === "Escape" && !found.hidden) {
		event.preventDefault();
		close();
	} else if (event.key === "Enter" && found.children[at]) {
		event.preventDefault();
		location.href = found.children[at].dataset.href;
	}
});
box.addEventListener("blur", close);
/* A press on an item must not take the focus, which would close the list. */
found.addEventListener("pointerdown", event => event.preventDefault());
found.addEventListener("click", event => {
	const item = event.target.closest("[role=option]");
	if (item) location.href = item.dataset.href;
});

/* The page of results; a server has filled it. */
const question = new URLSearchParams(location.search).get("q")?.trim();
const page = document.getElementById("results");
if (question && location.pathname === new URL(form.action).pathname) {
	box.value = question;
	if (page && !form.dataset.api)
		load().then(() => listAll(look(question)), () => {});
}

function listAll(results) {
	const codes = mentioned(question);
	const exact = results.filter(row => codes.has(row.code) ||
		codes.has(row.name));
	if (exact.length === 1 && question.length <= LINE &&
	    /^[-\w]+$/.test(question)) {
		location.replace(exact[0].href);
		return;
	}
	const all = document.createElement("dl");
	all.className = "pairs";
	for (const row of results) {
		const head = document.createElement("dt");
		const text = document.createElement("dd");
		const link = document.createElement("a");
		link.href = row.href;
		fill(link, row.code ? { ...row, text: "" } : row);
		head.append(link);
		all.append(head);
		text.textContent = row.code ? row.text : "";
		if (text.textContent) all.append(text);
	}
	document.querySelector("h1").textContent = question;
	const none = document.createElement("p");
	none.textContent = form.dataset.none;
	page.replaceChildren(results.length > 0 ? all : none);
}

/* Files, to a server that reads them. */
const send = document.querySelector("form.send");

function tell(text) {
	send.querySelector("[role=status]").textContent = text;
}

function upload(data) {
	return new Promise((done, failed) => {
		const request = new XMLHttpRequest();
		request.open("POST", `${send.dataset.api}diagnosis?lang=${lang}`);
		request.responseType = "json";
		request.upload.onprogress = event => {
			if (event.lengthComputable)
				tell(`${send.dataset.sent}: ` +
					`${Math.floor(100 * event.loaded / event.total)} %`);
		};
		request.onload = () => request.status === 202
			? done(request.response)
			: failed(request.response?.problem);
		request.onerror = () => failed();
		request.send(data);
	});
}

async function wait(name) {
	for (let ms = 100; ; ms = Math.min(2 * ms, 2000)) {
		const answer = await fetch(`${send.dataset.api}diagnosis/${name}`);
		const job = await answer.json();
		if (job.state === "failed" || !answer.ok) throw job.problem;
		if (job.state === "done") return;
		tell(send.dataset.reading);
		await new Promise(done => setTimeout(done, ms));
	}
}

async function diagnose() {
	const go = send.querySelector("button");
	go.disabled = true;
	try {
		const job = await upload(new FormData(send));
		await wait(job.diagnosis);
		location.href = new URL(`diagnosis/${job.diagnosis}/page.html`, folder);
	} catch (problem) {
		tell(typeof problem === "string" ? problem : send.dataset.failed);
	}
	go.disabled = false;
}

if (send) {
	send.addEventListener("submit", event => {
		event.preventDefault();
		diagnose();
	});
	addEventListener("dragover", event => {
		event.preventDefault();
		send.classList.add("over");
	});
	addEventListener("dragleave", () => send.classList.remove("over"));
	addEventListener("drop", event => {
		event.preventDefault();
		send.classList.remove("over");
		if (event.dataTransfer.files.length === 0) return;
		send.elements.files.files = event.dataTransfer.files;
		diagnose();
	});
}
