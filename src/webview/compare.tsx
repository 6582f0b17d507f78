import { render } from 'preact';
import 'uplot/dist/uPlot.min.css';
import { CompareApp } from './compare/app';
import { CompareLink } from './compare/link';
import './compare.css';
import { watchTheme } from './theme';

const root = document.getElementById('root');
if (root) {
  watchTheme();
  render(<CompareApp link={new CompareLink()} />, root);
}
