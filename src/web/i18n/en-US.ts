/** All interface text, English, complete by type: a file in en-US/ for each part of the program. */
import { audit } from "./en-US/audit.ts";
import { accounts, password, signIn, tokens, totp } from "./en-US/auth.ts";
import { briefing } from "./en-US/briefing.ts";
import { clues } from "./en-US/clues.ts";
import {
  aspect,
  basis,
  indicators,
  missing,
  overview,
  qualifier,
  standing,
  trend,
} from "./en-US/indicators.ts";
import { figure, figures, importing, recording, source } from "./en-US/ledger.ts";
import { lookback } from "./en-US/lookback.ts";
import { notices } from "./en-US/notices.ts";
import { proofing } from "./en-US/proofing.ts";
import { relief } from "./en-US/registry.ts";
import { app, nav, trouble } from "./en-US/shell.ts";
import type { Messages } from "./zh-CN.ts";

export const enUS: Messages = {
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
