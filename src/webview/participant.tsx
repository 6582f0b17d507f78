import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { App } from './app';
import { watchCells } from './cells';
import { watchContextMenu } from './context-menu';
import { HostLink } from './host';
import './participant.css';
import { watchTheme } from './theme';

const root = document.getElementById('root');
if (root) {
  watchTheme();
  watchCells();
  watchContextMenu();
  render(<App host={new HostLink()} />, root);
}
