import { type JSX, render } from 'preact';
import { App } from './app';
import { watchCells } from './cells';
import { CompareApp } from './compare/app';
import { CompareLink } from './compare/link';
import { watchContextMenu } from './context-menu';
import { HostLink } from './host';
import { SessionApp } from './session/app';
import { SessionLink } from './session/link';
import { watchTheme } from './theme';

/** What each kind of page begins with. */
const PAGES: Record<string, () => JSX.Element> = {
  participant: () => {
    watchTheme();
    watchCells();
    watchContextMenu();
    return <App host={new HostLink()} />;
  },
  session: () => {
    watchCells();
    watchContextMenu();
    return <SessionApp link={new SessionLink()} />;
  },
  compare: () => {
    watchTheme();
    return <CompareApp link={new CompareLink()} />;
  },
};

// The page's shell says which kind it is.
const root = document.getElementById('root');
const begin = PAGES[root?.dataset.page ?? ''];
if (root && begin) render(begin(), root);
