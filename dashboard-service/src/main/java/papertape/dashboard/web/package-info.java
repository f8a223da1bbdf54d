/** HTTP: who may ask, files, streams of events, requests. */
@NullMarked
package papertape.dashboard.web;

import org.jspecify.annotations.NullMarked;
