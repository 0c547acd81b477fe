package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.register.KeyState;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenProvisioner;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * A token that is lost while no bot wants a signature, which only the work for operators can notice.
 */
class KeyLossTest
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
    void shouldMakeAKeyWhenTheTokenIsBack() throws Exception
    {
        loseLibrary();
        final String why = rig.failed(fixture.kim, key("keys generate"));
        assertTrue(why.contains("token"), why);
        assertEquals(List.of("main version 1 active", "main version 2 pre-active"), rig.states());
        rig.pass(1_000);
        assertTrue(rig.done(fixture.kim, key("keys generate")).getFirst().startsWith("key main version 3"));
        assertEquals(KeyState.PRE_ACTIVE, rig.file().key("main", 3).state());
    }

    @Test
    void shouldActivateAKeyWhenTheTokenIsBack() throws Exception
    {
        loseLibrary();
        rig.failed(fixture.kim, key("keys activate").with("version", "2"));
        assertEquals(List.of("main version 1 active", "main version 2 pre-active"), rig.states());
        rig.pass(1_000);
        rig.done(fixture.kim, key("keys activate").with("version", "2"));
        assertEquals(KeyState.ACTIVE, rig.file().key("main", 2).state());
    }

    @Test
    void shouldSaveWhatWasRevokedWhenTheRegisterKeyIsBack() throws Exception
    {
        final KeySpec registerKey = ConfigReader.read(fixture.gateway().config()).register().key();
        try (RawToken token = new RawToken(fixture.gateway().token()))
        {
            token.destroy(registerKey);
        }
        rig.done(fixture.ben, key("keys revoke").with("version", "1"));
        assertFalse(rig.isLaneLost, "bots' requests are signed on");
        rig.pass(2_000);
        rig.pass(2_000);
        final List<String> told =
            rig.notices.stream().filter((notice) -> notice.startsWith("the key register is not saved")).toList();
        assertTrue(1 <= told.size() && told.size() <= 3, rig.notices::toString);
        try (TokenProvisioner provisioner = fixture.gateway().token().provisioner())
        {
            provisioner.importSecret(registerKey.id(), "register", SigningAlgorithm.HMAC_SHA256,
                RegisterFixture.REGISTER_SECRET.getBytes(StandardCharsets.US_ASCII));
        }
        rig.pass(10_000);
        rig.pass(10_000);
        assertEquals(KeyState.REVOKED, rig.file().key("main", 1).state());
        assertFalse(rig.isLaneLost, "bots' requests are signed on");
    }

    @Test
    void shouldLeaveNothingOfAKeyThatDoesNotProveItself() throws Exception
    {
        final KeySpec second = rig.file().key("main", 2).spec();
        try (RawToken token = new RawToken(fixture.gateway().token()))
        {
            token.destroy(second);
        }
        rig.failed(fixture.kim, key("keys activate").with("version", "2"));
        assertEquals(List.of("main version 1 active", "main version 2 pre-active"), rig.states());
        rig.done(fixture.kim, key("keys generate"));
        rig.done(fixture.kim, key("keys activate").with("version", "3").with("api-key", "main-3"));
        assertNull(rig.updates.getLast().slots().getFirst().key().venue().check(
            rig.updates.getLast().slots().getFirst().key().venueKey()));
    }

    private void loseLibrary() throws Exception
    {
        try (RawToken raw = new RawToken(fixture.gateway().token()))
        {
            raw.finaliseLibrary();
        }
    }

    private static CommandText key(final String command)
    {
        return CommandText.of(command).with("alias", "main");
    }
}
