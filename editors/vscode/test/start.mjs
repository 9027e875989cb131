// The built extension starts the real server, outside of VS Code: what the editor would offer is stood in for by something that
// takes every call and gives nothing.
//
//     CROSSFOOT=path/to/crossfoot npm test

import assert from "node:assert/strict";
import Module from "node:module";
import { createRequire } from "node:module";

const command = process.env.CROSSFOOT ?? "crossfoot";
const settings = { command, arguments: ["lsp"], showRounding: true, inlayHints: true, codeLens: false };

/** Something that can be read, called and constructed, and is never a promise. */
function anything(name, known = {}) {
    const base = class {
        dispose() {}
    };
    return new Proxy(base, {
        get: (target, key) => {
            if (key in known) return known[key];
            if (key === "then" || key === Symbol.toPrimitive || key === Symbol.iterator) return undefined;
            if (key === "prototype" || key === "name" || key in Function.prototype) return Reflect.get(target, key);
            return anything(`${name}.${String(key)}`);
        },
        apply: () => anything(`${name}()`),
        construct: (_target, args, type) => Reflect.construct(base, args, type),
    });
}

class EventEmitter {
    listeners = [];
    event = (listener) => {
        this.listeners.push(listener);
        return { dispose() {} };
    };
    fire(event) {
        this.listeners.forEach((listener) => listener(event));
    }
    dispose() {}
}

const registered = new Map();
const messages = [];
const vscode = anything("vscode", {
    EventEmitter,
    commands: anything("commands", {
        registerCommand: (id, run) => {
            registered.set(id, run);
            return { dispose() {} };
        },
    }),
    env: anything("env", { appName: "test", language: "en" }),
    version: "1.82.0",
    window: anything("window", {
        activeTextEditor: undefined,
        visibleTextEditors: [],
        showErrorMessage: async (text) => void messages.push(text),
        showInformationMessage: async (text) => void messages.push(text),
        createOutputChannel: () => ({ append() {}, appendLine() {}, show() {}, dispose() {}, info() {}, error() {} }),
    }),
    workspace: anything("workspace", {
        getConfiguration: () => ({ get: (name, other) => settings[name] ?? other }),
        textDocuments: [],
        notebookDocuments: [],
        workspaceFolders: undefined,
    }),
});

// The bundler copies what a module owns and keeps what it inherits.
const stand = Object.create(vscode);
const load = Module._load;
Module._load = (request, ...rest) => (request === "vscode" ? stand : load(request, ...rest));

const extension = createRequire(import.meta.url)("../dist/extension.js");
assert.equal(typeof extension.activate, "function");
assert.equal(typeof extension.deactivate, "function");

const late = setTimeout(() => {
    console.error("the server gave no answer within 30 s");
    process.exit(1);
}, 30_000);

const client = (await extension.activate({ subscriptions: [] }))();
assert.deepEqual(messages, []);
const answer = client.initializeResult;
assert.equal(answer?.serverInfo?.name, "crossfoot", JSON.stringify(answer));
for (const provider of ["hoverProvider", "completionProvider", "codeActionProvider", "codeLensProvider", "inlayHintProvider"]) {
    assert.ok(answer.capabilities[provider], provider);
}
for (const id of ["crossfoot.runCasesHere", "crossfoot.fixAllHere", "crossfoot.restart", "crossfoot.runCases"]) {
    assert.ok(registered.has(id), id);
}
await registered.get("crossfoot.runCasesHere")();
assert.match(messages.pop(), /Open a rule first/);
await extension.deactivate();
clearTimeout(late);
console.log(`${answer.serverInfo.name} ${answer.serverInfo.version} answered`);
