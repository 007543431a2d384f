/**
 * All interface text, Chinese: a file in zh-CN/ for each part of the program. en-US.ts has the same keys; the compiler
 * compares the two.
 */
import { audit } from "./zh-CN/audit.ts";
import { accounts, password, signIn, tokens, totp } from "./zh-CN/auth.ts";
import { briefing } from "./zh-CN/briefing.ts";
import { clues } from "./zh-CN/clues.ts";
import {
  aspect,
  basis,
  indicators,
  missing,
  overview,
  qualifier,
  standing,
  trend,
} from "./zh-CN/indicators.ts";
import { figure, figures, importing, recording, source } from "./zh-CN/ledger.ts";
import { lookback } from "./zh-CN/lookback.ts";
import { notices } from "./zh-CN/notices.ts";
import { proofing } from "./zh-CN/proofing.ts";
import { relief } from "./zh-CN/registry.ts";
import { app, nav, trouble } from "./zh-CN/shell.ts";

export const zhCN = {
  app,
  nav,
  trouble,
  signIn,
  password,
  totp,
  tokens,
  accounts,
  audit,
  source,
  figures,
  figure,
  importing,
  recording,
  aspect,
  basis,
  qualifier,
  standing,
  missing,
  trend,
  overview,
  indicators,
  briefing,
  proofing,
  relief,
  clues,
  lookback,
  notices,
};

/** The shape that every language must fill. */
export type Messages = typeof zhCN;
