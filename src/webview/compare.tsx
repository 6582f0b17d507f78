import { render } from 'preact';
import { CompareApp } from './compare/app';
import { CompareLink } from './compare/link';
import { watchTheme } from './theme';

const root = document.getElementById('root');
if (root) {
  watchTheme();
  render(<CompareApp link={new CompareLink()} />, root);
}
