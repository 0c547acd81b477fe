package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.ControlProxy;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.KeyProxy;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.control.PolicyReading;
import io.countersign.gateway.journal.JournalPublisher;
import io.countersign.gateway.policy.PolicyDifference;
import io.countersign.gateway.time.GatewayClock;

import java.util.List;
import java.util.function.BooleanSupplier;

/**
 * Has the policy file read again and puts it in force, one reload at a time. For the gateway thread; allocates.
 * <pre>
 *   NONE --to the control agent--&gt; READING --another policy--&gt; RECORDING
 *    ^                              |   ^                          |  every difference recorded:
 *    |      signed, and only looked |   | without drift: the same  |  in force from here on
 *    |      at: with drift, told to |   | is read once more        v
 *    |      the key agent           v---+                      TELLING
 *    +------------ every line told --------------------------------+
 * </pre>
 */
final class ReloadDesk
{
    private final GatewayClock clock;
    private final ControlProxy controlProxy;
    private final KeyProxy keyProxy;
    private final PolicyDesk policies;
    private final SessionDesk sessions;
    private final BooleanSupplier isJournalFailed;
    private final CommandEnds ends;
    private Reload reload;
    private List<String> lines;
    private boolean isReading;

    /**
     * A reload under way.
     *
     * @param call    that asked for it.
     * @param isTrial only to say what would change.
     * @param comment for the journal.
     * @param sha256  of the policy that was approved or found without drift; null where any will do or none is known.
     */
    private record Reload(OperatorCall call, boolean isTrial, String comment, byte[] sha256)
    {
        /** A signed one is first only looked at: what is wider wants a second operator. */
        boolean isLook()
        {
            return isTrial || null != call.signed() && null == sha256;
        }
    }

    ReloadDesk(
        final GatewayContext context, final PolicyDesk policies, final SessionDesk sessions, final CommandEnds ends)
    {
        clock = context.clock();
        controlProxy = context.controlProxy();
        keyProxy = context.keyProxy();
        isJournalFailed = context.journal()::isFailed;
        this.policies = policies;
        this.sessions = sessions;
        this.ends = ends;
    }

    /** Begins one, if it may be. */
    void begin(final OperatorCall call, final boolean isTrial, final String comment, final byte[] sha256)
    {
        final Reload next = new Reload(call, isTrial, comment, sha256);
        if (isJournalFailed.getAsBoolean())
        {
            ends.refuse(call, Reason.JOURNAL_UNAVAILABLE.value());
        }
        else if (null != reload)
        {
            ends.fail(call, List.of("another reload of the policy is under way: try again when it is answered"));
        }
        else if (!KnownNames.isText(comment))
        {
            ends.fail(call, KnownNames.NOT_TEXT);
        }
        else if (!controlProxy.reload(next.isLook(), sha256))
        {
            ends.fail(call, CommandEnds.BEHIND);
        }
        else
        {
            reload = next;
            isReading = true;
        }
    }

    void onPolicyRead(final PolicyReading reading)
    {
        isReading = false;
        switch (reading)
        {
            case PolicyReading.Unusable(final List<String> errors) -> ends.fail(reload.call, errors);
            case PolicyReading.Same _ -> ends.done(
                reload.call, List.of("the policy file holds the policy that is in force"),
                JournalPublisher.NOT_APPENDED);
            case final PolicyReading.Other other -> onOtherPolicy(other);
        }
    }

    /** Goes on with what is left to be recorded; the reload ends when it is answered. */
    int poll(final long nowNs)
    {
        final int workCount = goOnWithSwap(nowNs);
        if (null != reload && !isReading && !policies.isSwapping() && !ends.isAnswering(reload.call))
        {
            reload = null;
        }
        return workCount;
    }

    private void onOtherPolicy(final PolicyReading.Other other)
    {
        if (!other.isTrial())
        {
            lines = other.lines();
            policies.beginSwap(other, reload.call.operatorName(), reload.comment);
            goOnWithSwap(clock.monotonicNs());
        }
        else if (reload.isTrial)
        {
            ends.done(reload.call, other.lines(), JournalPublisher.NOT_APPENDED);
        }
        else
        {
            onLookedAt(other);
        }
    }

    /** The very policy that was looked at is read once more, or none. */
    private void onLookedAt(final PolicyReading.Other other)
    {
        final Reload looked = reload;
        reload = null;
        if (other.text().differences().stream().anyMatch(PolicyDifference::isDrift))
        {
            keyProxy.tell(new KeyNews.Drift(looked.call, other.text().sha256(), other.lines()));
        }
        else
        {
            begin(looked.call, false, looked.comment, other.text().sha256());
        }
    }

    /** What becomes wider is in the journal before it does. */
    private int goOnWithSwap(final long nowNs)
    {
        if (!policies.isSwapping())
        {
            return 0;
        }
        if (policies.recordDifferences(nowNs))
        {
            final long sequence = policies.swap(nowNs);
            if (JournalPublisher.NOT_APPENDED != sequence)
            {
                sessions.onPolicy(nowNs);
            }
            ends.answer(reload.call, JournalPublisher.NOT_APPENDED == sequence ? List.of() : lines, sequence);
        }
        return 1;
    }
}
