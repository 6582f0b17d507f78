import { render } from 'preact';
import { watchCells } from './cells';
import { watchContextMenu } from './context-menu';
import { SessionApp } from './session/app';
import { SessionLink } from './session/link';

const root = document.getElementById('root');
if (root) {
  watchCells();
  watchContextMenu();
  render(<SessionApp link={new SessionLink()} />, root);
}
