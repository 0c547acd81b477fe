package io.countersign.gateway.journal;

import io.countersign.codecs.journal.ExecutionChangedEncoder;
import io.countersign.codecs.journal.Flag;
import io.countersign.codecs.journal.GatewayStartedEncoder;
import io.countersign.codecs.journal.MessageHeaderEncoder;
import io.countersign.codecs.journal.SessionClosedEncoder;
import io.countersign.codecs.journal.SwitchChangedEncoder;
import io.countersign.codecs.journal.SwitchReach;
import io.countersign.codecs.journal.SwitchSubject;
import io.countersign.codecs.journal.TokenChangedEncoder;
import net.openhft.chronicle.queue.RollCycles;
import org.agrona.ExpandableArrayBuffer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;

import static org.junit.jupiter.api.Assertions.*;

class StandingRecoveryTest
{
    private static final long DAY_MS = TimeUnit.DAYS.toMillis(1);
    private static final long NOON_MS = DAY_MS / 2;

    @TempDir
    private Path directory;

    private final ExpandableArrayBuffer buffer = new ExpandableArrayBuffer();
    private final MessageHeaderEncoder header = new MessageHeaderEncoder();
    private final AtomicLong timeMs = new AtomicLong(20_000 * DAY_MS + NOON_MS);
    private Life life;
    private long sequence;

    @Test
    void shouldFindNothingInANewJournal()
    {
        assertTrue(recovered().isEmpty());
    }

    @Test
    void shouldFindWhatWasTurnedLastOfEachSwitchAndRule()
    {
        begin(List.of());
        turn("a", SwitchReach.CANCELS, true);
        turn("a", SwitchReach.ALL_BUT_CANCELS, true);
        turn("b", SwitchReach.CANCELS, true);
        turn("a", SwitchReach.CANCELS, false);
        stop("maker", "first", true);
        stop("maker", "second", true);
        stop("maker", "first", false);
        life.close();
        assertEquals(List.of("a ALL_BUT_CANCELS", "b CANCELS", "maker second"), recovered());
    }

    @Test
    void shouldFindInTheNewestFileAloneWhatALifeOrADayWroteAnew()
    {
        begin(List.of());
        turn("forgotten", SwitchReach.CANCELS, true);
        life.close();
        timeMs.addAndGet(DAY_MS);
        begin(List.of("a"));
        life.close();
        assertEquals(List.of("a CANCELS"), recovered(), "a complete start");

        timeMs.addAndGet(DAY_MS);
        life = open();
        turn("b", SwitchReach.CANCELS, true);
        other();
        life.close();
        assertEquals(List.of("b CANCELS"), recovered(), "a day that a running life has begun");
    }

    @Test
    void shouldLookFurtherBackWhereAStartOrADayWasCutShort()
    {
        begin(List.of());
        turn("a", SwitchReach.CANCELS, true);
        turn("b", SwitchReach.CANCELS, true);
        life.close();
        for (int day = 0; day < 3; day++)
        {
            timeMs.addAndGet(DAY_MS);
            life = open();
            started();
            turn("a", SwitchReach.CANCELS, true);
            life.close();
            assertEquals(List.of("b CANCELS", "a CANCELS"), recovered(), "day " + day);
        }
        timeMs.addAndGet(DAY_MS / 2 + 1);
        life = open();
        other();
        life.close();
        assertEquals(List.of("b CANCELS", "a CANCELS"), recovered(), "in the first minute of a day");
    }

    private List<String> recovered()
    {
        try (JournalLock lock = JournalLock.acquire(directory))
        {
            final StandingOrders standing = StandingRecovery.run(lock);
            final List<String> switches = standing.switches().stream()
                .map((entry) -> entry.name() + " " + SwitchReach.get((short) entry.reach())).toList();
            final List<String> rules = standing.executions().stream()
                .map((entry) -> entry.principal() + " " + entry.rule()).toList();
            return Stream.concat(switches.stream(), rules.stream()).toList();
        }
    }

    private Life open()
    {
        return new Life(directory, RollCycles.FAST_DAILY, timeMs::get);
    }

    /** A whole start. */
    private void begin(final List<String> on)
    {
        life = open();
        started();
        on.forEach((name) -> turn(name, SwitchReach.CANCELS, true));
        final TokenChangedEncoder token = new TokenChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        token.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).generation(1).returnValue(0).token("token");
        append(token.limit());
    }

    private void started()
    {
        final GatewayStartedEncoder started = new GatewayStartedEncoder().wrapAndApplyHeader(buffer, 0, header);
        started.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).processId(1).lastSequence(sequence - 1)
            .tornBytes(0).interrupted(0).version("1");
        append(started.limit());
    }

    private void turn(final String name, final SwitchReach reach, final boolean isOn)
    {
        final SwitchChangedEncoder encoder = new SwitchChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(0).subject(SwitchSubject.KEY).reach(reach)
            .isOn(isOn ? Flag.TRUE : Flag.FALSE).name(name).operatorName("boss").comment("");
        append(encoder.limit());
    }

    private void stop(final String principal, final String rule, final boolean isStopped)
    {
        final ExecutionChangedEncoder encoder = new ExecutionChangedEncoder().wrapAndApplyHeader(buffer, 0, header);
        encoder.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(0)
            .isStopped(isStopped ? Flag.TRUE : Flag.FALSE).principal(principal).rule(rule).operatorName("")
            .comment("");
        append(encoder.limit());
    }

    private void other()
    {
        final SessionClosedEncoder closed = new SessionClosedEncoder().wrapAndApplyHeader(buffer, 0, header);
        closed.sequence(++sequence).utcNs(utcNs()).monotonicNs(1).sessionId(1).principal("maker");
        append(closed.limit());
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
