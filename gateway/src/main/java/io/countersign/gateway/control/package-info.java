/**
 * What may be slow: shaking hands with bots and opening the way back to them, watching publications go, renewing the
 * clock's offset, and keeping the connection to the token. Results are handed to the gateway agent as {@link
 * io.countersign.gateway.control.GatewayCommand}s; what the gateway agent wants comes through {@link
 * io.countersign.gateway.control.ControlProxy}. Nothing here is ever waited for by the gateway thread.
 */
package io.countersign.gateway.control;
