package io.countersign.client;

import io.aeron.Aeron;
import io.aeron.ExclusivePublication;
import io.aeron.Image;
import io.countersign.codecs.authentication.FrameAuthenticator;

/**
 * An open session.
 *
 * @param aeron          client of the media driver inside the gateway, driven by its invoker.
 * @param lossMonitor    hears the errors of {@code aeron}.
 * @param ingress        carries the requests.
 * @param egress         carries the replies; the very image that the session was opened on.
 * @param toGateway      puts tags behind requests.
 * @param fromGateway    checks the tags of replies.
 * @param terms          as the gateway gave them.
 */
record Session(
    Aeron aeron,
    LossMonitor lossMonitor,
    ExclusivePublication ingress,
    Image egress,
    FrameAuthenticator toGateway,
    FrameAuthenticator fromGateway,
    SessionTerms terms)
{
}
