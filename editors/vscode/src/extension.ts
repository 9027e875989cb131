// Starts `crossfoot lsp` for the plans and rules of a workspace, and hands it the settings. What is shown comes from the server.

import * as vscode from "vscode";
import { LanguageClient, type LanguageClientOptions, type ServerOptions } from "vscode-languageclient/node";

/** The settings that the server knows, by the names that it has for them. */
const SETTINGS = ["showRounding", "inlayHints", "codeLens"] as const;

let client: LanguageClient | undefined;

function settings(): Record<string, unknown> {
    const configuration = vscode.workspace.getConfiguration("crossfoot");
    return Object.fromEntries(SETTINGS.map((name) => [name, configuration.get<boolean>(name)]));
}

function server(): ServerOptions {
    const configuration = vscode.workspace.getConfiguration("crossfoot");
    const command = configuration.get<string>("command") || "crossfoot";
    return { command, args: configuration.get<string[]>("arguments") ?? ["lsp"] };
}

/** By their names and not by their language: without a TOML extension a plan is plain text to the editor. */
const options = (): LanguageClientOptions => ({
    documentSelector: [
        { scheme: "file", pattern: "**/*.toml" },
        { scheme: "file", pattern: "**/*.rhai" },
        { scheme: "untitled", language: "toml" },
        { scheme: "untitled", language: "rhai" },
    ],
    initializationOptions: settings(),
    middleware: {
        workspace: {
            // The server is asked for what it knows, and not for what starts it.
            configuration: (params) =>
                params.items.map((item) => (item.section === "crossfoot" ? settings() : null)),
        },
    },
});

async function start(): Promise<void> {
    const started = new LanguageClient("crossfoot", "crossfoot", server(), options());
    client = started;
    try {
        await started.start();
    } catch (error) {
        const open = "Open settings";
        const chosen = await vscode.window.showErrorMessage(
            `crossfoot did not start: ${error instanceof Error ? error.message : error}. ` +
                "Install it, or say where it is in the setting crossfoot.command.",
            open,
        );
        if (chosen === open) {
            await vscode.commands.executeCommand("workbench.action.openSettings", "crossfoot.command");
        }
    }
}

async function stop(): Promise<void> {
    const stopped = client;
    client = undefined;
    if (stopped?.isRunning()) {
        await stopped.stop();
    }
}

async function run(command: string, document: vscode.TextDocument): Promise<void> {
    await client?.sendRequest("workspace/executeCommand", {
        command,
        arguments: [client.code2ProtocolConverter.asUri(document.uri)],
    });
}

async function runCases(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!client || document?.languageId !== "rhai") {
        await vscode.window.showInformationMessage("Open a rule first: its cases are run with the text that is open.");
        return;
    }
    await run("crossfoot.runCases", document);
}

async function fixAll(): Promise<void> {
    const document = vscode.window.activeTextEditor?.document;
    if (!client || !document?.fileName.endsWith(".toml")) {
        await vscode.window.showInformationMessage("Open a plan first: what is safe is fixed in the text that is open.");
        return;
    }
    await run("crossfoot.fixAll", document);
}

export async function activate(context: vscode.ExtensionContext): Promise<() => LanguageClient | undefined> {
    context.subscriptions.push(
        vscode.commands.registerCommand("crossfoot.runCasesHere", runCases),
        vscode.commands.registerCommand("crossfoot.fixAllHere", fixAll),
        vscode.commands.registerCommand("crossfoot.restart", async () => {
            await stop();
            await start();
        }),
        vscode.workspace.onDidChangeConfiguration(async (changed) => {
            if (changed.affectsConfiguration("crossfoot.command") || changed.affectsConfiguration("crossfoot.arguments")) {
                await stop();
                await start();
            } else if (changed.affectsConfiguration("crossfoot")) {
                await client?.sendNotification("workspace/didChangeConfiguration", { settings: { crossfoot: settings() } });
            }
        }),
    );
    await start();
    return () => client;
}

export const deactivate = stop;
