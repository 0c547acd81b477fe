package io.countersign.gateway.control;

import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;
import io.countersign.gateway.journal.SealEntry;
import io.countersign.gateway.session.Handshake.Applicant;
import io.countersign.gateway.session.Session;
import io.countersign.gateway.transport.Egress;
import io.countersign.hsm.SigningLane;
import io.countersign.hsm.TokenConnection;

import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A finished result for the gateway agent, which applies it between two requests and journals that it did.
 */
public sealed interface GatewayCommand permits GatewayCommand.OpenSession,
    GatewayCommand.ChallengeBot,
    GatewayCommand.RefuseSession,
    GatewayCommand.CountNoise,
    GatewayCommand.LoseSession,
    GatewayCommand.DecideAccess,
    GatewayCommand.UseLane,
    GatewayCommand.LoseLane,
    GatewayCommand.PolicyRead,
    GatewayCommand.AppendSeal,
    CommandResult
{
    /**
     * Apply this. Called by the gateway thread.
     *
     * @param gateway that takes the result.
     */
    void applyTo(GatewayControl gateway);

    /**
     * A bot has proven itself; its egress is connected.
     *
     * @param session to open.
     */
    record OpenSession(Session session) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.sessions().onOpenSession(session);
        }
    }

    /**
     * A bot is to be challenged; its egress is connected.
     *
     * @param egress        the way back.
     * @param correlationId of its Connect.
     * @param gatewayNonce  random, used once.
     * @param gatewayProof  that the gateway knows the API key.
     */
    record ChallengeBot(Egress egress, long correlationId, byte[] gatewayNonce, byte[] gatewayProof)
        implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.sessions().onChallengeBot(egress, correlationId, gatewayNonce, gatewayProof);
        }
    }

    /**
     * An applicant gets no session; its egress is connected.
     *
     * @param applicant with the name that it gave itself.
     * @param egress    the way back.
     * @param reason    a value of the wire's {@code Reason}.
     */
    record RefuseSession(Applicant applicant, Egress egress, int reason) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.sessions().onRefuseSession(applicant, egress, reason);
        }
    }

    /**
     * A frame of a handshake was out of place.
     *
     * @param reason a value of the wire's {@code Reason}.
     */
    record CountNoise(int reason) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.sessions().onNoise(reason);
        }
    }

    /**
     * An ingress publication has gone.
     *
     * @param publicationId of the publication.
     */
    record LoseSession(long publicationId) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.sessions().onLoseSession(publicationId);
        }
    }

    /**
     * An access token has been checked.
     *
     * @param presentation which frame of which session brought it.
     * @param decision     grant or refusal.
     */
    record DecideAccess(Presentation presentation, AccessDecision decision) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.access().onAccessDecided(presentation, decision);
        }
    }

    /**
     * A token is connected anew and each of its keys has proven itself.
     *
     * @param tokenIndex position of the token in the configuration.
     * @param lane       to sign with from now on.
     * @param taken      becomes true when the gateway thread does.
     */
    record UseLane(int tokenIndex, SigningLane lane, AtomicBoolean taken) implements GatewayCommand
    {
        /**
         * One that is not taken yet.
         *
         * @param tokenIndex position of the token in the configuration.
         * @param lane       to sign with from now on.
         */
        public UseLane(final int tokenIndex, final SigningLane lane)
        {
            this(tokenIndex, lane, new AtomicBoolean());
        }

        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.token().onUseLane(tokenIndex, lane);
            taken.set(true);
        }

        /**
         * Whether the gateway thread signs on this lane, and on none before it any more. For any thread.
         *
         * @return true once it does.
         */
        public boolean isTaken()
        {
            return taken.get();
        }
    }

    /**
     * The connection that a lane belongs to is in trouble.
     *
     * @param tokenIndex position of the token in the configuration.
     * @param connection whose lane is to be used no more.
     */
    record LoseLane(int tokenIndex, TokenConnection connection) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.token().onLoseLane(tokenIndex, connection);
        }
    }

    /**
     * The policy file was read again.
     *
     * @param reading what came of it.
     */
    record PolicyRead(PolicyReading reading) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.operators().onPolicyRead(reading);
        }
    }

    /**
     * The journal was sealed.
     *
     * @param seal verified.
     */
    record AppendSeal(SealEntry seal) implements GatewayCommand
    {
        @Override
        public void applyTo(final GatewayControl gateway)
        {
            gateway.seals().onSeal(seal);
        }
    }
}
