package io.countersign.gateway.control;

import java.util.List;

/**
 * What the gateway thread tells the key agent.
 */
public sealed interface KeyNews
{
    /**
     * An operator has given a signed command. Nothing of it is checked but that the session is an operator's.
     *
     * @param call      to be answered.
     * @param totp      the code.
     * @param signature 64 bytes.
     * @param text      that was signed with the head of it.
     */
    record Given(OperatorCall call, int totp, byte[] signature, byte[] text) implements KeyNews
    {
    }

    /**
     * An update of keys was recorded and is in force, or the journal did not take it and nothing has changed.
     *
     * @param update     that was asked for.
     * @param isInForce  whether it is.
     * @param signatures by slot of the update: how often the key has signed before, with all its versions; none when it
     *                   is not in force.
     */
    record Updated(KeyUpdate update, boolean isInForce, long[] signatures) implements KeyNews
    {
    }

    /**
     * A reload of the policy would make something wider: it wants a second operator.
     *
     * @param call   that asked for it.
     * @param sha256 of the policy's text.
     * @param lines  what would change.
     */
    record Drift(OperatorCall call, byte[] sha256, List<String> lines) implements KeyNews
    {
    }
}
