/** What every page shows. */
import type { Messages } from "../zh-CN.ts";

export const app: Messages["app"] = {
  name: "Taizhang",
  title: (page) => `${page} · Taizhang`,
  ledgerOf: (county) => `Economic ledger of ${county}`,
  skip: "Skip to content",
  demoBanner: "Demonstration, reachable from this computer only",
  demoLegend: "dotted underline: demonstration data",
  loading: "Loading",
  otherLanguage: "中文",
  close: "Close",
  cancel: "Cancel",
  more: "More",
  back: "Back",
  yes: "Yes",
  no: "No",
  none: "none",
  region: "Region",
  period: "Period",
  all: "All",
  nowhere: "—",
};

export const nav: Messages["nav"] = {
  label: "Main navigation",
  overview: "Overview",
  indicators: "Indicators",
  figures: "Figures",
  briefing: "Briefing",
  proofing: "Proofing",
  returns: "Returns",
  myReturns: "Mine",
  review: "Review",
  board: "Board",
  forms: "Forms",
  relief: "Relief",
  registry: "Registry",
  lookback: "Look-back",
  clues: "Clues",
  notices: "Notices",
  accounts: "Accounts",
  audit: "Audit",
  search: "Search indicators and regions",
  searchHint: "Press / to search",
  searchNothing: (q) => `No indicator or region is called "${q}"`,
  searchMeasures: "Indicators",
  searchRegions: "Regions",
  searching: "Searching",
  post: "Post",
  switchPost: "Switch post",
  actingAs: (title) => `Acting as ${title}`,
  account: "Account",
  password: "Change password",
  totp: "Two-step sign-in",
  tokens: "API tokens",
  signOut: "Sign out",
  signOutTitle: "Some of a visit has not been sent",
  signOutLeft: (pictures, drafts) =>
    `Not sent yet, on this machine only: ${pictures} photographs or signatures, ${drafts} drafts of a verdict. Signing out deletes them for good.`,
  signOutAnyway: "Delete and sign out",
};

export const trouble: Messages["trouble"] = {
  title: "That did not work",
  again: "Try again",
  request: (id) => `request ${id}`,
  notFoundTitle: "There is no such page",
  notFoundHint: "The address may be mistyped, or the figure lies outside of this post's scope.",
  home: "To the first page",
  forbiddenTitle: "Not for this post",
  forbiddenHint: "This page belongs to other posts. You can switch the post in the masthead.",
  where: (line, column) =>
    [line === undefined ? "" : `line ${line}`, column === undefined ? "" : `column "${column}"`]
      .filter(Boolean)
      .join(", "),
};
