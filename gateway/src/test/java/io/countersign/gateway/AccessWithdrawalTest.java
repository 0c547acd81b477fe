package io.countersign.gateway;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.AgentRig.Bot;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;
import io.countersign.gateway.control.GatewayCommand;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.concurrent.TimeUnit;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

class AccessWithdrawalTest
{
    private static final int TRADE = 2;
    private static final String WITH_SUBJECT = AgentRig.POLICY.replaceFirst(
        "    api-key-versions: \\[1]\n",
        "    api-key-versions: [1]\n    access-token: {subject: bot-7, required-for: [trade]}\n");

    private AgentRig rig;
    private Bot maker;
    private Bot boss;

    @BeforeEach
    void before() throws Exception
    {
        rig = AgentRig.inline();
        maker = rig.open("maker");
        boss = rig.open("boss");
        rig.putInForce(boss, WITH_SUBJECT);
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, maker.order(1).reason());
        grant();
        assertTrue(maker.order(2).isSigned());
    }

    @Test
    void shouldWithdrawWhatWasGrantedToASubjectThatIsNoLongerThePrincipals() throws Exception
    {
        rig.putInForce(boss, WITH_SUBJECT.replace("bot-7", "bot-8"));
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, maker.order(3).reason());
        rig.putInForce(boss, WITH_SUBJECT);
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, maker.order(4).reason(), "withdrawn for good");
        grant();
        assertTrue(maker.order(5).isSigned(), "the session is still there");
    }

    @Test
    void shouldWithdrawWhatWasGrantedWhenAPrincipalPresentsNoAccessTokensAnyMore() throws Exception
    {
        rig.putInForce(boss, AgentRig.POLICY);
        assertTrue(maker.order(3).isSigned());
        rig.putInForce(boss, WITH_SUBJECT);
        assertEquals(Reason.ACCESS_TOKEN_REQUIRED, maker.order(4).reason());
    }

    @Test
    void shouldLeaveWhatWasGrantedWhereTheSubjectIsTheSame() throws Exception
    {
        rig.putInForce(boss, WITH_SUBJECT.replace("10.5", "8"));
        assertTrue(maker.order(3).isSigned());
    }

    private void grant()
    {
        rig.commands.add(new GatewayCommand.DecideAccess(
            new Presentation(maker.id(), 900, maker.publicationId(), maker.session.principalName()),
            new AccessGrant(
                TRADE,
                rig.clock.utcNs(rig.clock.monotonicNs()) + TimeUnit.HOURS.toNanos(1),
                "https://idp.example/",
                "bot-7",
                "id-1")));
        rig.work();
    }
}
