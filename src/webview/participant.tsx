import { render } from 'preact';
import { App } from './app';
import { watchCells } from './cells';
import { watchContextMenu } from './context-menu';
import { HostLink } from './host';
import { watchTheme } from './theme';

const root = document.getElementById('root');
if (root) {
  watchTheme();
  watchCells();
  watchContextMenu();
  render(<App host={new HostLink()} />, root);
}
