import { createPinia } from 'pinia';
import { createApp } from 'vue';
import App from './shell/App.vue';
import { connect } from './client/connect';
import { pageFrames } from './client/frames';
import { useEngine } from './stores/engine-state';
import 'virtual:palette.css';
import './theme/fonts.css';
import './theme/tokens.css';
import './theme/base.css';

const app = createApp(App);
app.use(createPinia());
useEngine().attach(connect(), pageFrames);
app.mount('#app');
