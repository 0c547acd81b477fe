package io.countersign.client;

/**
 * The sending half of a client: gives each request its id and keeps it in flight until it has ended.
 */
final class RequestSender
{
    private final IngressPublisher publisher;
    private final InFlightRequests inFlight;
    private final SessionWatch watch;

    RequestSender(final IngressPublisher publisher, final InFlightRequests inFlight, final SessionWatch watch)
    {
        this.publisher = publisher;
        this.inFlight = inFlight;
        this.watch = watch;
    }

    long offer(final Request<?> request)
    {
        long code = CountersignClient.State.CONNECTED == watch.state() ? request.offerCode() : 0;
        code = 0 == code ? offerCode() : code;
        if (0 == code)
        {
            final long requestId = request.hasRequestId() ? request.requestId() : inFlight.nextId();
            code = inFlight.contains(requestId) ?
                OfferCode.REQUEST_IN_FLIGHT : onOffered(publisher.send(request, requestId));
        }

        if (code > 0)
        {
            request.onSent();
        }

        return code;
    }

    long presentAccessToken(final byte[] accessToken)
    {
        final long code = offerCode();
        return 0 == code ? onOffered(publisher.sendAccessToken(accessToken, inFlight.nextId())) : code;
    }

    long askOutcome(final long requestId)
    {
        final long code = offerCode();
        return 0 == code ? onOffered(publisher.sendAskOutcome(inFlight.nextId(), requestId)) : code;
    }

    /** Why nothing can be sent, 0 when something can. */
    private long offerCode()
    {
        return switch (watch.state())
        {
            case CONNECTED -> inFlight.isFull() ? OfferCode.TOO_MANY_IN_FLIGHT : 0;
            case LOST -> OfferCode.NOT_CONNECTED;
            case CLOSED -> OfferCode.CLOSED;
        };
    }

    private long onOffered(final long code)
    {
        if (code > 0)
        {
            inFlight.onSent(code, publisher.lastSentNs());
        }
        else if (OfferCode.NOT_CONNECTED == code)
        {
            watch.onLoss();
        }

        return code;
    }
}
