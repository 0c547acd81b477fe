package io.countersign.gateway.control;

import io.countersign.gateway.session.Session;
import io.countersign.hsm.SigningLane;

/**
 * A finished result for the gateway agent, which applies it between two requests and journals that it did.
 */
public sealed interface GatewayCommand
{
    /**
     * Apply this. Called by the gateway thread.
     *
     * @param gateway that takes the result.
     */
    void applyTo(GatewayControl gateway);

    /**
     * A session's egress is connected.
     *
     * @param session to open.
     */
    record OpenSession(Session session) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.onOpenSession(session);
        }
    }

    /**
     * A Connect is to be refused; its egress is connected.
     *
     * @param session with the name that its sender gave.
     * @param reason  a value of the wire's {@code Reason}.
     */
    record RefuseSession(Session session, int reason) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.onRefuseSession(session, reason);
        }
    }

    /**
     * An ingress publication has gone.
     *
     * @param aeronSessionId of the publication.
     */
    record LoseSession(int aeronSessionId) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.onLoseSession(aeronSessionId);
        }
    }

    /**
     * The token is connected anew and every key has proven itself.
     *
     * @param lane to sign with from now on.
     */
    record UseLane(SigningLane lane) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.onUseLane(lane);
        }
    }
}
