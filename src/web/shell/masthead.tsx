/** The head of every page: whose ledger, who is reading it through which post, and where one can go. */
import { Link } from "@tanstack/react-router";
import { useSpeech } from "../i18n/language.tsx";
import { useMay, useSession } from "../session/session.tsx";
import { AccountMenu } from "./account-menu.tsx";
import { LanguageSwitch } from "./language-switch.tsx";
import { Navigation } from "./navigation.tsx";
import { PostSwitcher } from "./post-switcher.tsx";
import { SearchBox } from "./search-box.tsx";

export function Masthead() {
  const { t, nameOf } = useSpeech();
  const session = useSession();
  const maySearch = useMay("figures.read");
  return (
    <header className="masthead">
      {session.demo && (
        <p className="demo-line">
          <strong>{t.app.demoBanner}</strong>
          <span className="synthetic">{t.app.demoLegend}</span>
        </p>
      )}
      <div className="masthead-row">
        <Link to="/" className="masthead-name">
          <span className="wordmark">{t.app.name}</span>
          <span className="masthead-county">{t.app.ledgerOf(nameOf(session.county))}</span>
        </Link>
        <div className="masthead-tools">
          {maySearch && <SearchBox />}
          <PostSwitcher />
          <AccountMenu />
          <LanguageSwitch />
        </div>
      </div>
      <Navigation />
    </header>
  );
}
