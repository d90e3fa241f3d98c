// A client as an integrator writes it: generated types, no casts. Opens a case, acts on it, follows it, and reads why it was refused.
// Run by TypeScriptClientTests against a live silo; ends with 0 when all is as expected.
import assert from "node:assert/strict";
import createClient from "openapi-fetch";
import type { components, paths } from "./generated/schema.js";

type Problem = components["schemas"]["Problem"];

const [, , baseUrl, header, party, officerTemplate] = process.argv;
assert(baseUrl && header && party && officerTemplate, "usage: client.js URL HEADER PARTY OFFICER");

const as = (account: string) => createClient<paths>({ baseUrl, headers: { [header]: account, "Accept-Language": "en" } });
const key = () => ({ "Idempotency-Key": crypto.randomUUID() });

// A refusal is told apart by its number, which never changes.
const codeOf = (problem: Problem | undefined): number | null => problem?.code ?? null;

const citizen = as(party);
const towns = await citizen.GET("/api/v1/towns");
assert((towns.data ?? []).some(town => town.code === "yandian"), "the town is listed");

const opening = key();
const open = () =>
  citizen.POST("/api/v1/towns/{town}/cases", {
    params: { path: { town: "yandian" }, header: opening },
    body: { procedure: "permit", item: "YD-XK-001", party: { id: party.replace("account-", ""), name: "TypeScript", organisation: false } },
  });
const opened = await open();
assert(opened.data, `opened: ${JSON.stringify(opened.error)}`);
const again = await open();
assert.equal(again.data?.number, opened.data.number, "the same key opens one case");

const number = opened.data.number;
const path = (act: string) => ({ number, act });
const notTheirs = await citizen.POST("/api/v1/cases/{number}/acts/{act}", {
  params: { path: path("accept"), header: key() },
  body: {},
});
assert.equal(notTheirs.response.status, 403);
assert.equal(codeOf(notTheirs.error), 3002, "a party doesn't accept its own application");

const stranger = await as("account-M-TYPESCRIPT-STRANGER").GET("/api/v1/cases/{number}", { params: { path: { number } } });
assert.equal(stranger.response.status, 404, "a stranger learns nothing");

const held = opened.data.officers[0];
assert(held, "somebody has it");
const officer = as(officerTemplate.replace("{}", held));
const asked = await officer.GET("/api/v1/cases/{number}/acts", { params: { path: { number } } });
assert(asked.data?.acts.some(act => act.act === "accept" && !act.refusal), "the officer may accept");

const lacking = await officer.POST("/api/v1/cases/{number}/acts/{act}", {
  params: { path: path("decline"), header: key() },
  body: {},
});
assert.equal(lacking.response.status, 422);
assert(lacking.error?.errors?.["reason"], "the field that is missing is named");

const accepted = await officer.POST("/api/v1/cases/{number}/acts/{act}", {
  params: { path: path("accept"), header: key() },
  body: {},
});
assert.equal(accepted.data?.step, "review");

const aged = await officer.POST("/api/v1/cases/{number}/acts/{act}", {
  params: { path: path("recommend"), header: { ...key(), "If-Match": '"1"' } },
  body: { fields: { recommendation: "grant" } },
});
assert.equal(aged.response.status, 412);
assert.equal(codeOf(aged.error), 9003, "nobody acts on a case that has moved on");
console.log(`ok ${number}`);
