package io.countersign.gateway.control;

import io.countersign.codecs.wire.Reason;
import io.countersign.gateway.access.AccessDecision;
import io.countersign.gateway.access.AccessGrant;
import io.countersign.gateway.access.AccessRefusal;
import io.countersign.gateway.access.AccessTokens;
import io.countersign.gateway.access.TestIssuer;
import io.countersign.gateway.config.AccessIssuerConfig;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;
import io.countersign.gateway.control.AccessTokenProxy.Presentation;
import io.countersign.gateway.policy.PolicyCompiler;
import io.countersign.gateway.policy.PolicyFixture;
import org.agrona.concurrent.UnsafeBuffer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import static io.countersign.gateway.control.ControlRig.secret;
import static io.countersign.gateway.control.ControlRig.transcript;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

/**
 * Another policy between two frames of one bot: principals have other places in it, or are not in it.
 */
class ReloadDuringHandshakeTest
{
    private static final String RULES = "rules: [{name: r, keys: [key], operations: [query-account]}]";
    private static final String FIRST = principal("first", "[1]", "");
    private static final String MAKER = principal("maker", "[1]", "");
    private static final byte[] MAKER_NAME = "maker".getBytes(StandardCharsets.UTF_8);

    private final TestIssuer issuer = new TestIssuer().with("d", "EdDSA");

    @TempDir
    private Path directory;
    private AccessTokens accessTokens;
    private ControlRig rig;

    @BeforeEach
    void before() throws Exception
    {
        accessTokens = AccessTokens.open(
            new AccessIssuerConfig(
                TestIssuer.ISSUER,
                TestIssuer.AUDIENCE,
                Files.write(directory.resolve("jwks.json"), issuer.jwks()),
                null,
                List.of(),
                5,
                3_600),
            (error) -> rig.errors.add(error));
    }

    @AfterEach
    void after()
    {
        accessTokens.close();
    }

    @Test
    void shouldGoByTheSourcesOfTheSamePrincipal() throws Exception
    {
        start(MAKER);
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        reload(principal("first", "[1]", "sources: [{ingress: 'udp:desk', addresses: [10.1.0.0/16]}],"), MAKER);
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        assertInstanceOf(GatewayCommand.OpenSession.class, rig.commands.poll());
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldRefuseAVersionThatIsNotValidAnyMore() throws Exception
    {
        start(MAKER);
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        reload(principal("maker", "[2]", ""));
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        rig.assertRefused(Reason.AUTHENTICATION_FAILED);
    }

    @Test
    void shouldRefuseAPrincipalThatIsNotThereAnyMore() throws Exception
    {
        start(FIRST, MAKER);
        final GatewayCommand.ChallengeBot challenge = rig.challenged("maker", 1);
        reload(FIRST);
        rig.prove(transcript("maker", 1, challenge).botProof(secret()));
        rig.assertRefused(Reason.AUTHENTICATION_FAILED);
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldCheckAnAccessTokenByTheSubjectOfTheSamePrincipal() throws Exception
    {
        start(withSubject("maker", TestIssuer.SUBJECT));
        present("maker", token());
        reload(withSubject("first", "another"), withSubject("maker", TestIssuer.SUBJECT));
        assertInstanceOf(AccessGrant.class, decision());

        present("maker", token());
        reload(withSubject("first", TestIssuer.SUBJECT), withSubject("maker", "another"));
        assertEquals(new AccessRefusal("sub is not that of the principal"), decision());
        assertEquals(List.of(), rig.errors);
    }

    @Test
    void shouldDecideOnTheAccessTokenOfAPrincipalThatIsNotThereAnyMore() throws Exception
    {
        start(FIRST, withSubject("maker", TestIssuer.SUBJECT));
        present("maker", token());
        reload(FIRST);
        assertEquals(new AccessRefusal("no access token is taken of this principal"), decision());
        assertEquals(List.of(), rig.errors);
    }

    /** A session presents no other while one is undecided. */
    @Test
    void shouldDecideWhateverGoesWrong() throws Exception
    {
        start(withSubject("maker", TestIssuer.SUBJECT));
        rig.agent.onPresentAccessToken(new Presentation(1, 2, 7, MAKER_NAME), null);
        assertEquals(new AccessRefusal("it could not be checked"), decision());
        assertInstanceOf(NullPointerException.class, rig.errors.removeFirst());
        assertEquals(List.of(), rig.errors);
    }

    private void start(final String... principals) throws Exception
    {
        write(principals);
        final GatewayConfig config = ConfigReader.of(directory.resolve("gateway.yaml"), PolicyFixture.CONFIG);
        final PolicyConfig policy = PolicyReader.read(config);
        rig = new ControlRig(new PolicySource(config, policy, PolicyCompiler.compile(policy)), accessTokens);
    }

    /** Behind what the gateway thread has passed on before, and in force before it is looked at. */
    private void reload(final String... principals) throws Exception
    {
        write(principals);
        assertTrue(rig.proxy.reload(false, null));
        rig.agent.doWork();
        final GatewayCommand.PolicyRead read = assertInstanceOf(GatewayCommand.PolicyRead.class, rig.commands.poll());
        assertInstanceOf(PolicyReading.Other.class, read.reading());
    }

    private void present(final String principal, final byte[] token)
    {
        assertTrue(rig.accessTokenProxy.present(
            1, 2, 7, principal.getBytes(StandardCharsets.UTF_8), new UnsafeBuffer(token), 0, token.length));
    }

    private AccessDecision decision()
    {
        rig.agent.doWork();
        return assertInstanceOf(GatewayCommand.DecideAccess.class, rig.commands.poll()).decision();
    }

    private byte[] token()
    {
        final long nowS = System.currentTimeMillis() / 1_000;
        return issuer.token("d", issuer.header("d"), TestIssuer.claims("trade", nowS, nowS + 300));
    }

    private void write(final String... principals) throws Exception
    {
        Files.writeString(directory.resolve("policy.yaml"), "principals:\n" + String.join("", principals));
    }

    private static String withSubject(final String name, final String subject)
    {
        return principal(name, "[1]", "access-token: {subject: " + subject + ", required-for: [query]},");
    }

    private static String principal(final String name, final String versions, final String more)
    {
        return "  - {name: " + name + ", api-key-versions: " + versions + ", " + more + " " + RULES + "}\n";
    }
}
