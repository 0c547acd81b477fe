package io.countersign.client;

/**
 * What can go wrong between a bot and the gateway; the message is one line for people.
 */
public abstract sealed class CountersignException extends RuntimeException
    permits GatewayUnavailableException, GatewayNotAuthenticException, ConnectTimeoutException,
    SessionRejectedException, RejectedException, CommandRefusedException, RequestTimeoutException,
    RequestExpiredException, RequestKnownException, GatewayLostException, BackPressureException
{
    private static final long serialVersionUID = 1L;

    CountersignException(final String message)
    {
        super(message);
    }
}
