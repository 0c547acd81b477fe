package io.countersign.gateway.journal;

import io.countersign.codecs.journal.Binding;
import io.countersign.codecs.journal.ExecutionChangedEncoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.IntentEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.NonceMarkEncoder;
import io.countersign.codecs.journal.PolicyInForceEncoder;
import io.countersign.codecs.journal.SessionClosedEncoder;
import io.countersign.codecs.journal.SwitchChangedEncoder;
import io.countersign.codecs.journal.SwitchReach;
import io.countersign.codecs.journal.SwitchSubject;
import io.countersign.codecs.journal.TokenChangedEncoder;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.ExpandableArrayBuffer;

import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Writes what lives leave for those after them, as a gateway does, in cycle files by a clock of the test's.
 */
final class StandingRecords
{
    static final long DAY_MS = TimeUnit.DAYS.toMillis(1);

    final AtomicLong timeMs = new AtomicLong(20_000 * DAY_MS + DAY_MS / 2);
    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final Path directory;
    private Life life;
    private long sequence;

    StandingRecords(final Path directory)
    {
        this.directory = directory;
    }

    StandingRecords open()
    {
        life = new Life(directory, RollCycles.FAST_DAILY, timeMs::get);
        return this;
    }

    void close()
    {
        life.close();
    }

    StandingRecords nextDay()
    {
        timeMs.addAndGet(DAY_MS);
        return this;
    }

    StandingRecords started()
    {
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        started.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).processId(1).lastSequence(sequence - 1)
            .tornBytes(0).interrupted(0).version("1");
        append(started.limit());
        return policy("");
    }

    /** At a start or a change of day when no operator is named. */
    StandingRecords policy(final String operatorName)
    {
        final PolicyInForceEncoder policy = new PolicyInForceEncoder().wrapAndApplyHeader(buffer, 0, header);
        policy.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).policyVersion(1).putSha256(new byte[32], 0, 32)
            .source("policy.yaml").text("").configuration("").operatorName(operatorName).comment("");
        append(policy.limit());
        return this;
    }

    StandingRecords token()
    {
        final TokenChangedEncoder token = new TokenChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        token.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).generation(1).returnValue(0).token("token");
        append(token.limit());
        return this;
    }

    StandingRecords turn(final String name, final SwitchReach reach, final boolean isOn)
    {
        final SwitchChangedEncoder encoder = new SwitchChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(0).subject(SwitchSubject.KEY).reach(reach)
            .isOn(isOn ? Flag.TRUE : Flag.FALSE).name(name).operatorName("boss").comment("");
        append(encoder.limit());
        return this;
    }

    StandingRecords stop(final String principal, final String rule, final boolean isStopped)
    {
        final ExecutionChangedEncoder encoder = new ExecutionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(0)
            .isStopped(isStopped ? Flag.TRUE : Flag.FALSE).principal(principal).rule(rule).operatorName("")
            .comment("");
        append(encoder.limit());
        return this;
    }

    StandingRecords mark(final String alias, final String apiKey, final long nonce)
    {
        final NonceMarkEncoder mark = new NonceMarkEncoder().wrapAndApplyHeader(buffer, 0, header);
        mark.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).nonce(nonce).keyVersion(alias.isEmpty() ? 0 : 1)
            .key(alias).venue("kraken-spot").apiKey(apiKey);
        append(mark.limit());
        return this;
    }

    StandingRecords intent(final String alias, final long nonce)
    {
        final IntentEncoder intent = new IntentEncoder().wrapAndApplyHeader(buffer, 0, header);
        intent.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(1).requestId(1).policyVersion(1)
            .timestampMs(1).keyVersion(1).tokenGeneration(1).decidedNs(1).builtNs(1).decisionUtcNs(utcNs())
            .accessScopes((short) 0).nonce(nonce).binding(Binding.B).principal("maker").key(alias).rule("trade")
            .putFrame(new byte[100], 0, 100).putPayload(new byte[100], 0, 100);
        append(intent.limit());
        return this;
    }

    StandingRecords other()
    {
        final SessionClosedEncoder closed = new SessionClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
        closed.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(1).principal("maker");
        append(closed.limit());
        return this;
    }

    private long utcNs()
    {
        return TimeUnit.MILLISECONDS.toNanos(timeMs.get());
    }

    private void append(final int length)
    {
        assertTrue(life.journal().append(buffer, 0, length));
    }
}
