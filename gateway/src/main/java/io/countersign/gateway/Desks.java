package io.countersign.gateway;

import io.countersign.gateway.control.AccessControl;
import io.countersign.gateway.control.GatewayControl;
import io.countersign.gateway.control.KeyControl;
import io.countersign.gateway.control.OperatorControl;
import io.countersign.gateway.control.SessionControl;
import io.countersign.gateway.control.TokenControl;

/**
 * The parts of the gateway thread that finished results of other threads are applied to.
 *
 * @param sessions  takes what concerns sessions.
 * @param token     takes what concerns the connection to the token.
 * @param access    takes what concerns access tokens.
 * @param operators takes what concerns operators' commands.
 * @param keys      takes what concerns keys and their register.
 * @param seals     takes the journal's seals.
 */
record Desks(
    SessionControl sessions,
    TokenControl token,
    AccessControl access,
    OperatorControl operators,
    KeyControl keys,
    SealDesk seals)
    implements GatewayControl
{
}
