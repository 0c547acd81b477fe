package io.countersign.client;

/**
 * What answered could not prove that it knows the bot's API key: it is not the gateway, or the API key is not one that
 * this gateway has issued.
 */
public final class GatewayNotAuthenticException extends CountersignException
{
    private static final long serialVersionUID = 1L;

    GatewayNotAuthenticException(final String message)
    {
        super(message);
    }
}
