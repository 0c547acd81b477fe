package io.countersign.gateway.replay;

import io.countersign.codecs.journal.GatewayStartedDecoder;
import io.countersign.codecs.journal.MessageHeaderDecoder;
import io.countersign.codecs.journal.PolicyInForceDecoder;
import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.journal.RecentRecords;
import io.countersign.gateway.policy.Ledger;
import io.countersign.gateway.policy.LedgerPlan;
import io.countersign.gateway.policy.Policy;
import io.countersign.gateway.policy.PolicyCompiler;
import org.agrona.DirectBuffer;

import java.io.IOException;
import java.nio.file.Path;

/**
 * Takes every decision of a journal again with the policy that was in force, from the journal alone: the texts that
 * PolicyInForce holds, and the records from which each life filled its ledger. For one thread.
 */
public final class Redecision
{
    private final MessageHeaderDecoder header = new MessageHeaderDecoder();
    private final GatewayStartedDecoder started = new GatewayStartedDecoder();
    private final PolicyInForceDecoder inForce = new PolicyInForceDecoder();
    private final DecisionReplay replay = new DecisionReplay(false);
    private final Path directory;
    private long lifeSequence;
    private Policy policy;
    private Ledger ledger;
    private Hindrance hindrance = Hindrance.NO_POLICY;

    /**
     * Why a decision cannot be taken again.
     */
    public enum Hindrance
    {
        /** It can. */
        NONE,
        /** No PolicyInForce of its life came before it. */
        NO_POLICY,
        /** The last PolicyInForce is of a version that does not hold the configuration. */
        OLD_POLICY,
        /** The last PolicyInForce cannot be compiled. */
        UNREADABLE_POLICY
    }

    /**
     * Construct for a journal.
     *
     * @param directory of the journal; read again for each life in it.
     */
    public Redecision(final Path directory)
    {
        this.directory = directory;
    }

    /**
     * Take the decision of a record again. Records must come in their order, from a GatewayStarted on.
     *
     * @param record holds the record.
     * @param offset of its message header.
     * @return true when it holds a decision; {@link #replay()} tells of it.
     * @throws ConfigException when a policy text does not compile, so that nothing can be decided until the next one.
     * @throws IOException     when the journal cannot be read again for the beginning of a life.
     */
    public boolean onRecord(final DirectBuffer record, final int offset) throws ConfigException, IOException
    {
        header.wrap(record, offset);
        switch (header.templateId())
        {
            case GatewayStartedDecoder.TEMPLATE_ID:
                started.wrapAndApplyHeader(record, offset, header);
                lifeSequence = started.sequence();
                forgetPolicy(Hindrance.NO_POLICY);
                return false;
            case PolicyInForceDecoder.TEMPLATE_ID:
                onPolicyInForce(record, offset);
                return false;
            default:
                return null != policy && replay.onRecord(record, offset);
        }
    }

    /**
     * The last decision that was taken again.
     *
     * @return always the same.
     */
    public DecisionReplay replay()
    {
        return replay;
    }

    /**
     * Whether decisions can be taken again now.
     *
     * @return why not, from the last PolicyInForce or GatewayStarted on.
     */
    public Hindrance hindrance()
    {
        return hindrance;
    }

    /**
     * The policy that decides now.
     *
     * @return null before the first PolicyInForce of a life.
     */
    public Policy policy()
    {
        return policy;
    }

    private void onPolicyInForce(final DirectBuffer record, final int offset) throws ConfigException, IOException
    {
        inForce.wrapAndApplyHeader(record, offset, header);
        if (header.version() < PolicyInForceDecoder.sha256SinceVersion())
        {
            forgetPolicy(Hindrance.OLD_POLICY);
            return;
        }
        final Policy before = policy;
        forgetPolicy(Hindrance.UNREADABLE_POLICY);
        final Path source = Path.of(inForce.source());
        final String text = inForce.text();
        final PolicyConfig config = PolicyReader.of(
            source, text, ConfigReader.kept(source.resolveSibling("gateway.yaml"), inForce.configuration()));
        final Policy next = PolicyCompiler.compile(config);
        final Ledger nextLedger = new Ledger(next);
        if (null == before)
        {
            RecentRecords.read(directory, lifeSequence, new LedgerRecovery(next, nextLedger));
        }
        else
        {
            nextLedger.adopt(ledger, LedgerPlan.between(before, next));
        }
        policy = next;
        ledger = nextLedger;
        hindrance = Hindrance.NONE;
        replay.use(policy, ledger, config.keys());
    }

    private void forgetPolicy(final Hindrance why)
    {
        policy = null;
        hindrance = why;
    }
}
