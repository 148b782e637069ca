import './styles/fonts.css';
import './styles/tokens.css';
import './styles/status.css';
import './styles/app.css';
import { start } from './screens/start';

const root = document.getElementById('app');
if (root !== null) void start(root);
