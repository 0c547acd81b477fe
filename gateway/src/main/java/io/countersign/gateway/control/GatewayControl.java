package io.countersign.gateway.control;

/**
 * What the gateway agent does with finished results. Called by the gateway thread only.
 */
public interface GatewayControl
{
    /**
     * Who takes what concerns sessions.
     *
     * @return always the same.
     */
    SessionControl sessions();

    /**
     * The token's part.
     *
     * @return for the gateway thread only.
     */
    TokenControl token();

    /**
     * Who takes what concerns access tokens.
     *
     * @return always the same.
     */
    AccessControl access();

    /**
     * Who takes what concerns operators' commands.
     *
     * @return for the gateway thread only.
     */
    OperatorControl operators();

    /**
     * Who takes what concerns keys and their register.
     *
     * @return for the gateway thread only.
     */
    KeyControl keys();

    /**
     * Who takes the journal's seals.
     *
     * @return for the gateway thread only.
     */
    SealControl seals();
}
