package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.OperatorCall;
import io.countersign.gateway.register.KeyState;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * What is commanded while a token is at work for the command before: whoever stops a key has the last word.
 */
class KeyRaceTest
{
    private RegisterFixture fixture;
    private KeyAgentRig rig;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture(List.of(), (token) -> List.of(
            RegisterFixture.active(token, "main", 1), RegisterFixture.preActive(token, "main", 2)));
        rig = new KeyAgentRig(fixture);
    }

    @AfterEach
    void after()
    {
        rig.close();
        fixture.close();
    }

    @Test
    void shouldNotUndoASuspensionWhenTheNextVersionIsMade() throws Exception
    {
        final OperatorCall rotation = rig.send(fixture.kim, key("keys rotate").with("api-key", "main-3")
            .with("at", Instant.ofEpochMilli(rig.utcMs + 3_600_000).toString()).with("overlap", "PT1H"));
        rig.agentWork();
        final OperatorCall suspension = rig.send(fixture.anna, key("keys suspend").with("version", "1"));
        rig.agentWork();
        assertNull(rig.end(rotation));
        rig.work();
        assertEquals(Reason.NONE.value(), rig.end(suspension).reason());
        assertEquals(Reason.COMMAND_FAILED.value(), rig.end(rotation).reason());
        final String why = rig.end(rotation).lines().getFirst();
        assertTrue(why.startsWith("key main version 1 became suspended while the token was at work"), why);
        assertTrue(why.contains("the key that was made is destroyed again"), why);
        assertEquals(List.of("main version 1 suspended", "main version 2 pre-active"), rig.states());
        assertEquals(KeyState.SUSPENDED, rig.file().key("main", 1).state());
    }

    @Test
    void shouldNotUndoASuspensionWhenTheKeyHasProvenItself() throws Exception
    {
        final OperatorCall activation = rig.send(fixture.kim, key("keys activate").with("version", "2"));
        rig.agentWork();
        final OperatorCall suspension = rig.send(fixture.anna, key("keys suspend").with("version", "2"));
        rig.work();
        assertEquals(Reason.NONE.value(), rig.end(suspension).reason());
        assertEquals(Reason.COMMAND_FAILED.value(), rig.end(activation).reason());
        assertEquals(List.of("main version 1 active", "main version 2 suspended"), rig.states());
    }

    @Test
    void shouldRevokeWhileTheTokenIsAtWork() throws Exception
    {
        final OperatorCall made = rig.send(fixture.kim, key("keys generate"));
        rig.agentWork();
        final OperatorCall revocation = rig.send(fixture.ben, key("keys revoke").with("version", "1"));
        rig.agentWork();
        rig.gatewayWork();
        assertEquals(Reason.NONE.value(), rig.end(revocation).reason());
        assertNull(rig.end(made));
        rig.work();
        assertEquals(Reason.NONE.value(), rig.end(made).reason());
        assertEquals(List.of("main version 1 revoked", "main version 2 pre-active", "main version 3 pre-active"),
            rig.states());
    }

    @Test
    void shouldForgetACommandThatWaitedTooLong() throws Exception
    {
        rig.send(fixture.kim, key("keys generate"));
        rig.agentWork();
        final OperatorCall late = rig.send(fixture.kim, key("keys activate").with("version", "2"), 20_000);
        rig.agentWork();
        rig.utcMs += 25_000;
        rig.work();
        assertEquals(Reason.DEADLINE_PASSED, Reason.get(rig.end(late).reason()));
        assertEquals("main version 2 pre-active", rig.states().get(1));
    }

    @Test
    void shouldForgetACommandOfAnOperatorWhoWasLockedMeanwhile() throws Exception
    {
        rig.send(fixture.kim, key("keys generate"));
        rig.agentWork();
        final OperatorCall late = rig.send(fixture.kim, key("keys activate").with("version", "2"), 600_000);
        rig.agentWork();
        for (int i = 0; i < 5; i++)
        {
            rig.sendWithCode(fixture.kim, key("keys rotate"), -1);
        }
        rig.agentWork();
        rig.work();
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC, Reason.get(rig.end(late).reason()));
        assertEquals("main version 2 pre-active", rig.states().get(1));
    }

    @Test
    void shouldAnswerWhatNoEntryCanHold()
    {
        final String early = rig.failed(fixture.kim,
            key("keys activate").with("version", "2").with("at", "1969-01-01T00:00:00Z"));
        assertTrue(early.contains("before 1970"), early);
        assertTrue(rig.failed(fixture.kim, key("keys activate").with("version", "2").with("at", "tomorrow"))
            .contains("expected a time"));
        assertTrue(rig.failed(fixture.kim, key("keys activate").with("version", "2").with("api-key", "é"))
            .contains("printable ASCII"));
        assertTrue(rig.failed(fixture.kim, key("keys rotate").with("api-key", "é").with("at", "2036-01-01T00:00:00Z"))
            .contains("printable ASCII"));
        assertTrue(rig.failed(fixture.kim, key("keys rotate").with("version", "2")).contains("only an active key"));
        assertEquals(List.of("main version 1 active", "main version 2 pre-active"), rig.states());
        assertEquals(List.of(), rig.errors);
    }

    private static CommandText key(final String command)
    {
        return CommandText.of(command).with("alias", "main");
    }
}
