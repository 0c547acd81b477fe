package io.countersign.gateway.keys;

import io.countersign.codecs.CommandText;
import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.control.CommandResult;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.OperatorRole;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.Base64;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Four eyes: what one proposes, another approves, and nothing else.
 */
class ProposalsTest
{
    private final TestOperator zoe = new TestOperator("zoe", OperatorRole.SECURITY_OFFICER);
    private RegisterFixture fixture;
    private KeyAgentRig rig;

    @BeforeEach
    void before() throws Exception
    {
        fixture = new RegisterFixture(List.of(zoe), (token) -> List.of(
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
    void shouldDestroyWhatAnotherHasProposed() throws Exception
    {
        refused("key main version 1 is active and cannot become destroyed", fixture.kim, destroy("1"));
        rig.done(fixture.ben, CommandText.of("keys revoke").with("alias", "main").with("version", "1"));
        final String[] proposal = proposed(fixture.kim, destroy("1"));
        assertEquals(KeyState.REVOKED, rig.file().key("main", 1).state());
        assertEquals("'operators approve' is not for a key-manager",
            rig.give(fixture.kim, approve(proposal)).lines().getFirst());
        refused("the digest is not that of proposal", fixture.anna,
            approve(new String[]{proposal[0], proposal[1].replace('a', 'b').replace('0', '1')}));
        assertEquals(List.of("key main version 1 is destroyed"), rig.done(fixture.anna, approve(proposal)));
        assertEquals(KeyState.DESTROYED, rig.file().key("main", 1).state());
        refused("there is no proposal", fixture.ben, approve(proposal));
        refused("cannot become revoked", fixture.ben,
            CommandText.of("keys revoke").with("alias", "main").with("version", "1"));
    }

    @Test
    void shouldForgetAProposalAfterItsTime()
    {
        final String[] proposal = proposed(fixture.anna, CommandText.of("operators remove").with("name", "eve"));
        assertEquals(1, rig.done(fixture.eve, CommandText.of("operators proposals")).size());
        rig.pass(Proposals.LIFE_MS);
        assertEquals(List.of(), rig.done(fixture.eve, CommandText.of("operators proposals")));
        refused("there is no proposal", fixture.ben, approve(proposal));
    }

    @Test
    void shouldNotTakeOnePersonForTwo()
    {
        final String[] proposal = proposed(fixture.anna, CommandText.of("operators remove").with("name", "eve"));
        refused("another security-officer must approve it", fixture.anna, approve(proposal));
        refused("this public key is that of anna", fixture.ben, enroll("anna2", fixture.anna.publicKey()));
        refused("anna is enrolled already", fixture.ben, enroll("anna", zoe.publicKey()));
        assertEquals(List.of("eve is removed"), rig.done(fixture.ben, approve(proposal)));
        assertEquals(Reason.OPERATOR_NOT_AUTHENTIC,
            Reason.get(rig.give(fixture.eve, CommandText.of("keys list")).reason()));
    }

    @Test
    void shouldNotCarryOutWhatARemovedOperatorHasProposed() throws Exception
    {
        final String[] proposal = proposed(fixture.anna, CommandText.of("operators remove").with("name", "eve"));
        final String[] removal = proposed(fixture.ben, CommandText.of("operators remove").with("name", "anna"));
        assertEquals(List.of("anna is removed"), rig.done(zoe, approve(removal)));
        refused("anna, who has made proposal", fixture.ben, approve(proposal));
        assertTrue(rig.file().operator("eve").isEnrolled());
        rig.done(fixture.ben, approve(proposed(zoe, CommandText.of("operators remove").with("name", "ned"))));
        refused("there are not two security-officers left", fixture.ben,
            CommandText.of("operators remove").with("name", "zoe"));
        final byte[] other = new TestOperator("anna", OperatorRole.VIEWER).publicKey();
        final String[] enrolment = proposed(fixture.ben, enroll("anna", other));
        assertTrue(rig.done(zoe, approve(enrolment)).getFirst().startsWith("anna is enrolled as"));
        assertEquals(2, rig.file().operator("anna").totpVersion());
    }

    @Test
    void shouldUnlockWithFourEyesOnly()
    {
        for (int i = 0; i < 5; i++)
        {
            rig.sendWithCode(fixture.kim, CommandText.of("keys generate").with("alias", "main"), -1);
            rig.work();
        }
        final CommandResult.End locked = rig.give(fixture.kim, CommandText.of("keys list"));
        assertTrue(locked.lines().getFirst().startsWith("kim is locked"), locked.lines()::toString);
        final String[] proposal = proposed(fixture.anna, CommandText.of("operators unlock").with("name", "kim"));
        assertEquals(List.of("kim is unlocked"), rig.done(fixture.ben, approve(proposal)));
        rig.done(fixture.kim, CommandText.of("keys generate").with("alias", "main"));
    }

    private void refused(final String start, final TestOperator operator, final CommandText text)
    {
        final String why = rig.failed(operator, text);
        assertTrue(why.contains(start), why);
    }

    private static CommandText destroy(final String version)
    {
        return CommandText.of("keys destroy").with("alias", "main").with("version", version);
    }

    private static CommandText enroll(final String name, final byte[] publicKey)
    {
        return CommandText.of("operators enroll").with("name", name).with("role", "security-officer")
            .with("public-key", Base64.getEncoder().encodeToString(publicKey));
    }

    /** Id and digest. */
    private String[] proposed(final TestOperator operator, final CommandText text)
    {
        final String[] words = rig.done(operator, text).getLast().split(" ");
        assertEquals("proposal", words[0]);
        return new String[]{words[1], words[3]};
    }

    private static CommandText approve(final String[] proposal)
    {
        return CommandText.of("operators approve").with("proposal", proposal[0]).with("digest", proposal[1]);
    }
}
