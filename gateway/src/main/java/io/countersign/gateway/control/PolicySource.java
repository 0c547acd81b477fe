package io.countersign.gateway.control;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyException;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.journal.Journal;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyChange;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.policy.PolicyText;

import java.util.Arrays;
import java.util.List;

/**
 * Reads the policy file again, and everything about it that may be slow: checks it, compiles it, says how it differs
 * from the policy in force. For the control agent.
 */
public final class PolicySource
{
    /** Room in a PolicyInForce record for what is not text. */
    private static final int RECORD_OVERHEAD = 1024;
    private static final int MAX_TEXT_LENGTH = Journal.MAX_RECORD_LENGTH - RECORD_OVERHEAD;

    private final GatewayConfig config;
    private PolicyConfig inForce;
    private Policy policy;

    /**
     * Construct with the policy that the gateway starts with.
     *
     * @param config  of the gateway; it is not read again.
     * @param inForce as read.
     * @param policy  compiled from it.
     */
    public PolicySource(final GatewayConfig config, final PolicyConfig inForce, final Policy policy)
    {
        this.config = config;
        this.inForce = inForce;
        this.policy = policy;
    }

    /**
     * The policy that was handed over last.
     *
     * @return compiled.
     */
    public Policy policy()
    {
        return policy;
    }

    /**
     * What the journal keeps of the policy that was handed over last.
     *
     * @return its texts.
     */
    public PolicyText text()
    {
        return textOf(config, inForce);
    }

    /**
     * Refuse a policy that the journal could not keep, before anything is started with it.
     *
     * @param config of the gateway.
     * @param policy as read.
     * @throws ConfigException when policy and configuration together are too long.
     */
    public static void requireRecordable(final GatewayConfig config, final PolicyConfig policy) throws ConfigException
    {
        if (isTooLong(textOf(config, policy)))
        {
            throw new ConfigException(tooLong(policy));
        }
    }

    /**
     * Read the file. What differs is this source's policy from then on, unless it is a trial: the gateway thread puts
     * it in force before it sees anything that is decided by it.
     *
     * @param isTrial only to say what would change.
     * @param sha256  that the file must have, or null for any.
     * @return what came of it.
     */
    public PolicyReading read(final boolean isTrial, final byte[] sha256)
    {
        try
        {
            final PolicyConfig next = PolicyReader.read(config);
            return null == sha256 || Arrays.equals(sha256, next.sha256()) ? read(next, isTrial) :
                new PolicyReading.Unusable(List.of("the policy file has changed since: give the command again"));
        }
        catch (final PolicyException ex)
        {
            return new PolicyReading.Unusable(ex.errors());
        }
        catch (final ConfigException ex)
        {
            return new PolicyReading.Unusable(List.of(ex.getMessage()));
        }
    }

    private PolicyReading read(final PolicyConfig next, final boolean isTrial)
    {
        if (Arrays.equals(inForce.sha256(), next.sha256()))
        {
            return new PolicyReading.Same();
        }
        final PolicyText text = textOf(config, next);
        if (isTooLong(text))
        {
            return new PolicyReading.Unusable(List.of(tooLong(next)));
        }
        final Policy compiled = PolicyCompiler.compile(next);
        final PolicyReading.Other other = PolicyReading.Other.of(
            isTrial, policy, text.differing(PolicyChange.between(inForce, next)), compiled);
        if (!isTrial)
        {
            inForce = next;
            policy = compiled;
        }
        return other;
    }

    private static PolicyText textOf(final GatewayConfig config, final PolicyConfig of)
    {
        return PolicyText.of(of.file().getFileName().toString(), of.sha256(), of.text(), config.text());
    }

    private static boolean isTooLong(final PolicyText text)
    {
        return MAX_TEXT_LENGTH < text.text().length + text.configuration().length;
    }

    private static String tooLong(final PolicyConfig of)
    {
        return of.file() + ": policy and configuration together are longer than the " + MAX_TEXT_LENGTH +
            " bytes that the journal keeps of them";
    }
}
