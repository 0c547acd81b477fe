package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.authentication.TimeBasedCode;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.control.KeyNews;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.OperatorState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Who may command what.
 */
class OperatorGateTest
{
    private static final CommandText GENERATE = CommandText.of("keys generate").with("alias", "main");

    private RegisterFixture fixture;
    private KeyAgentRig rig;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture();
        rig = new KeyAgentRig(fixture);
    }

    @AfterEach
    void after()
    {
        rig.close();
        fixture.close();
    }

    @Test
    void shouldRefuseWhoeverIsNotAllowed() throws Exception
    {
        assertEnd(Reason.COMMAND_NOT_GRANTED, "'keys generate' is not for a viewer", fixture.eve, GENERATE);
        assertEnd(Reason.COMMAND_NOT_GRANTED, "'keys generate' is not for a security-officer", fixture.anna, GENERATE);
        assertEnd(Reason.COMMAND_NOT_GRANTED, "'policy reload' is not for a trader-support", fixture.tom,
            CommandText.of("policy reload"));
        assertEnd(Reason.OPERATOR_NOT_AUTHENTIC, null,
            new TestOperator("mallory", OperatorRole.SECURITY_OFFICER), GENERATE);
        assertEnd(Reason.OPERATOR_NOT_AUTHENTIC, null, new TestOperator("kim", OperatorRole.KEY_MANAGER), GENERATE);
        assertEnd(Reason.COMMAND_FAILED, "there is no command 'keys steal'", fixture.kim, CommandText.of("keys steal"));
        assertEnd(Reason.COMMAND_FAILED, "'keys generate' has no field 'colour'; it has alias,", fixture.kim,
            GENERATE.with("colour", "red"));
        assertEnd(Reason.COMMAND_FAILED, "'keys generate' has no field 'alias'", fixture.kim,
            CommandText.of("keys generate"));
        assertEquals(List.of(), rig.states());
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldTakeNoSignatureOfAnythingElse()
    {
        final long deadlineNs = (rig.utcMs + 60_000) * 1_000_000;
        final byte[] signature = fixture.kim.sign(GENERATE.signedBytes(KeyAgentRig.SESSION_ID, 5, deadlineNs));
        final int code = fixture.kim.code(TimeBasedCode.step(rig.utcMs));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC,
            given(KeyAgentRig.SESSION_ID, 5, deadlineNs, GENERATE.with("recoverable", "yes"), signature, code));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC,
            given(KeyAgentRig.SESSION_ID + 1, 5, deadlineNs, GENERATE, signature, code));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC,
            given(KeyAgentRig.SESSION_ID, 6, deadlineNs, GENERATE, signature, code));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC,
            given(KeyAgentRig.SESSION_ID, 5, deadlineNs + 1, GENERATE, signature, code));
        assertEquals(Reason.NONE, given(KeyAgentRig.SESSION_ID, 5, deadlineNs, GENERATE, signature, code));
        assertEquals(Reason.FRAME_REPLAYED, given(KeyAgentRig.SESSION_ID, 5, deadlineNs, GENERATE, signature, code));
        assertEquals(List.of("main version 1 pre-active"), rig.states());
    }

    @Test
    void shouldTakeNothingAfterItsDeadline()
    {
        final OperatorCall late = rig.send(fixture.kim, GENERATE, 0);
        rig.work();
        assertEquals(Reason.DEADLINE_PASSED, Reason.get(rig.end(late).reason()));
        assertEquals(List.of(), rig.states());
    }

    @Test
    void shouldTakeEachCodeOnceAndNoneBeforeIt()
    {
        rig.utcMs += TimeBasedCode.STEP_MS;
        final long step = TimeBasedCode.step(rig.utcMs);
        assertEquals(Reason.NONE, withCode(fixture.kim.code(step)));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, withCode(fixture.kim.code(step)));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, withCode(fixture.kim.code(step - 1)));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, withCode(fixture.kim.code(step + 2)));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, withCode(fixture.kim.code(step - 2)));
        assertEquals(Reason.NONE, withCode(fixture.kim.code(step + 1)));
        assertEquals(OperatorState.ENROLLED, state(), "a code that was good is no guess");
    }

    @Test
    void shouldLockAfterFiveWrongCodesInARow() throws Exception
    {
        wrongCodes(4);
        rig.done(fixture.kim, GENERATE);
        wrongCodes(4);
        assertEquals(OperatorState.ENROLLED, state());
        wrongCodes(1);
        assertEquals(OperatorState.LOCKED, state());
        assertEquals(OperatorState.LOCKED, rig.file().operator("kim").state());
        assertEnd(Reason.OPERATOR_NOT_AUTHENTIC, "kim is locked", fixture.kim, GENERATE);
        assertTrue(rig.notices.contains("operator kim is locked: 5 wrong codes in a row"), rig.notices::toString);
    }

    @Test
    void shouldNotLetAnybodyElseLockAnOperator()
    {
        final TestOperator mallory = new TestOperator("kim", OperatorRole.KEY_MANAGER);
        for (int i = 0; i < 7; i++)
        {
            rig.sendWithCode(mallory, GENERATE, -1);
            rig.work();
        }
        assertEquals(OperatorState.ENROLLED, state());
    }

    @Test
    void shouldUseUpNoCodeThatAnEarlierLifeHasRecorded() throws Exception
    {
        rig.utcMs += TimeBasedCode.STEP_MS;
        final long step = TimeBasedCode.step(rig.utcMs);
        final OperatorGate gate = new OperatorGate();
        gate.onUsedStep("kim", step);
        final byte[] secret = fixture.kim.secret();
        gate.onSecret("kim", 1, secret);
        final OperatorCall call = rig.call(fixture.kim, KeyAgentRig.SESSION_ID, 9, (rig.utcMs + 60_000) * 1_000_000);
        final OperatorGate.Verdict verdict = gate.check(new KeyNews.Given(call, fixture.kim.code(step),
            fixture.kim.sign(GENERATE.signedBytes(KeyAgentRig.SESSION_ID, 9, call.deadlineNs())),
            GENERATE.toString().getBytes(StandardCharsets.UTF_8)), rig.file(), rig.utcMs, () -> 0);
        assertEquals(List.of("the code was used before: wait for the next one"), verdict.lines());
        gate.close();
        assertEquals(0, secret[0] | secret[7] | secret[19], "zeroed");
    }

    private void assertEnd(
        final Reason reason, final String start, final TestOperator operator, final CommandText text)
    {
        final CommandResult.End end = rig.give(operator, text);
        assertEquals(reason, Reason.get(end.reason()), end.lines()::toString);
        assertTrue(null == start ? end.lines().isEmpty() : end.lines().getFirst().startsWith(start),
            end.lines()::toString);
    }

    private Reason given(
        final long sessionId,
        final long requestId,
        final long deadlineNs,
        final CommandText text,
        final byte[] signature,
        final int code)
    {
        final OperatorCall call = rig.call(fixture.kim, sessionId, requestId, deadlineNs);
        rig.forgetEnds();
        rig.proxy.give(new KeyNews.Given(
            call, code, signature, text.toString().getBytes(StandardCharsets.UTF_8)));
        rig.work();
        return Reason.get(rig.end(call).reason());
    }

    private Reason withCode(final int code)
    {
        final OperatorCall call = rig.sendWithCode(fixture.kim, GENERATE, code);
        rig.work();
        return Reason.get(rig.end(call).reason());
    }

    private void wrongCodes(final int count)
    {
        for (int i = 0; i < count; i++)
        {
            assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, withCode(-1));
        }
    }

    private OperatorState state()
    {
        final String line = rig.done(fixture.eve, CommandText.of("operators list")).stream()
            .filter((each) -> each.startsWith("kim ")).findFirst().orElseThrow();
        return OperatorState.ofConfigName(line.split(", ")[1]);
    }
}
