package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.OperatorClient;
import io.countersign.codecs.CommandText;
import io.countersign.gateway.GatewayFixture;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.register.KeyEntry;
import io.countersign.gateway.register.KeyState;
import io.countersign.gateway.register.KeyTraits;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.Register;
import io.countersign.gateway.register.RegisterException;
import io.countersign.gateway.register.RegisterFile;
import io.countersign.gateway.register.VenueBinding;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.RawToken;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.SoftHsmFixture;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;
import io.countersign.hsm.TokenException;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * A gateway whose keys {@code main} (Ed25519) and {@code rsa} are the register's, with enrolled operators.
 */
final class RegisterFixture implements AutoCloseable
{
    static final String REGISTER_SECRET = "the register key of this fixture";
    static final String POLICY = """
        principals:
          - name: maker
            api-key-versions: [1]
            rules:
              - name: trade
                keys: [main, rsa, hmac]
                operations: [new-order, cancel-order, query-order]
                symbols: [LTCBTC]
                max-quantity: 10
        operators:
          - {name: anna, api-key-versions: [1]}
          - {name: ben, api-key-versions: [1]}
          - {name: ned, api-key-versions: [1]}
          - {name: kim, api-key-versions: [1]}
          - {name: kat, api-key-versions: [1]}
          - {name: tom, api-key-versions: [1]}
          - {name: eve, api-key-versions: [1]}
        """;

    final TestOperator anna = new TestOperator("anna", OperatorRole.SECURITY_OFFICER);
    final TestOperator ben = new TestOperator("ben", OperatorRole.SECURITY_OFFICER);
    final TestOperator kim = new TestOperator("kim", OperatorRole.KEY_MANAGER);
    final TestOperator ned = new TestOperator("ned", OperatorRole.SECURITY_OFFICER);
    final TestOperator kat = new TestOperator("kat", OperatorRole.KEY_MANAGER);
    final TestOperator tom = new TestOperator("tom", OperatorRole.TRADER_SUPPORT);
    final TestOperator eve = new TestOperator("eve", OperatorRole.VIEWER);

    private final GatewayFixture fixture;
    private final Path file;

    /** Key versions that the register has from the beginning, made in the token. */
    @FunctionalInterface
    interface FirstKeys
    {
        List<KeyEntry> make(SoftHsmFixture token) throws Exception;
    }

    RegisterFixture() throws Exception
    {
        this(List.of(), (token) -> List.of());
    }

    RegisterFixture(final List<TestOperator> more, final FirstKeys firstKeys) throws Exception
    {
        this(more, firstKeys, null);
    }

    /** With a second token {@code right}, where there is one; the first is {@code left} then. */
    RegisterFixture(final List<TestOperator> more, final FirstKeys firstKeys, final SoftHsmFixture right)
        throws Exception
    {
        fixture = new GatewayFixture();
        if (null != right)
        {
            fixture.withSecondToken(right, SoftHsmFixture.modulePath());
        }
        final String left = null == right ? "" : "    token: left\n";
        final StringBuilder policy = new StringBuilder(POLICY);
        more.forEach((operator) -> policy.append("  - {name: ").append(operator.name())
            .append(", api-key-versions: [1]}\n"));
        fixture.write("policy.yaml", policy.toString());
        final KeySpec registerKey = fixture.token().importSecret("register", SigningAlgorithm.HMAC_SHA256,
            REGISTER_SECRET.getBytes(StandardCharsets.US_ASCII));
        file = fixture.directory().resolve("register.jsonl");
        final String config = Files.readString(fixture.config());
        fixture.write("gateway.yaml", config.replaceFirst("keys:\n", """
            register:
              file: register.jsonl
              key:
                alias: register
            %3$s    id: "%1$s"
                check-value: %2$s
            keys:
              - alias: main
                algorithm: Ed25519
                venue: binance-spot
            %3$s  - alias: rsa
                algorithm: RSA-2048-PKCS1-SHA256
                venue: binance-spot
            %3$s""".formatted(
            HexFormat.of().formatHex(registerKey.id()), HexFormat.of().formatHex(registerKey.pinned()), left)));
        create(more, firstKeys.make(fixture.token()));
    }

    /** An active version that the token makes, as the first of a register. */
    static KeyEntry active(final SoftHsmFixture token, final String alias, final int version) throws Exception
    {
        return preActive(token, alias, version).become(KeyState.ACTIVE, System.currentTimeMillis());
    }

    static KeyEntry preActive(final SoftHsmFixture token, final String alias, final int version) throws Exception
    {
        final KeySpec made = token.generateKeyPair(alias, SigningAlgorithm.ED25519);
        final KeySpec spec = new KeySpec(alias, version, made.id(), made.algorithm(), made.pinned());
        return KeyEntry.preActive(spec, token.tokenLabel(), KeyTraits.NONE, System.currentTimeMillis())
            .withVenue(VenueBinding.of("binance-spot", alias + "-" + version));
    }

    GatewayFixture gateway()
    {
        return fixture;
    }

    Path file()
    {
        return file;
    }

    RegisterFixture launch() throws Exception
    {
        fixture.launch();
        return this;
    }

    void stop()
    {
        fixture.stop();
    }

    OperatorClient connect(final TestOperator operator)
    {
        return OperatorClient.connect(fixture.clientContext().principal(operator.name())
            .apiKey(GatewayFixture.apiKey(operator.name(), 1).text()).requestTimeoutNs(20_000_000_000L));
    }

    CommandAnswer give(final TestOperator operator, final CommandText command)
    {
        try (OperatorClient client = connect(operator))
        {
            return client.give(command, operator, operator.nextCode());
        }
    }

    /** Proposed by a key-manager, approved by a security-officer. */
    CommandAnswer approved(final CommandText command)
    {
        final String[] proposal = give(kat, command).lines().getLast().split(" ");
        return give(anna, CommandText.of("operators approve").with("proposal", proposal[1])
            .with("digest", proposal[3]));
    }

    CommandRefusedException refused(final TestOperator operator, final CommandText command)
    {
        return assertThrows(CommandRefusedException.class, () -> give(operator, command));
    }

    /** Makes the next version of a key active; the answer to the generation. */
    CommandAnswer activated(final String alias, final int version)
    {
        final CommandAnswer answer = give(kim, CommandText.of("keys generate").with("alias", alias));
        give(kim, CommandText.of("keys activate").with("alias", alias).with("version", Integer.toString(version))
            .with("api-key", alias + "-" + version));
        return answer;
    }

    BlockingClient bot()
    {
        return fixture.connect();
    }

    @Override
    public void close()
    {
        fixture.close();
    }

    /** What the file has, read beside the gateway. */
    Register read() throws Exception
    {
        final Register[] read = new Register[1];
        atRegister((config, connection) -> read[0] = RegisterFile.open(file, (text) ->
        {
            try
            {
                return connection.registerKey().tag(text);
            }
            catch (final TokenException ex)
            {
                throw new RegisterException(ex.getMessage(), ex);
            }
        }).register());
        return read[0];
    }

    /** Something that is done with the register key. */
    @FunctionalInterface
    interface AtRegister
    {
        void run(GatewayConfig config, TokenConnection connection) throws Exception;
    }

    void atRegister(final AtRegister body) throws Exception
    {
        final GatewayConfig config = ConfigReader.read(fixture.config());
        try (TokenConnector connector = new TokenConnector(fixture.token().context().keys(List.of())
            .registerKey(config.register().key()));
            TokenConnection connection = connector.connect())
        {
            body.run(config, connection);
        }
    }

    /** The token forgets which file is the latest. */
    void loseAnchor() throws Exception
    {
        try (RawToken raw = new RawToken(fixture.token()))
        {
            raw.destroyAnchor();
        }
    }

    private void create(final List<TestOperator> more, final List<KeyEntry> keys) throws Exception
    {
        final List<TestOperator> operators = new ArrayList<>(List.of(anna, ben, ned, kim, kat, tom, eve));
        operators.addAll(more);
        Register register = Register.EMPTY.withKeys(keys);
        for (final TestOperator operator : operators)
        {
            register = register.withOperator(operator.entry());
        }
        final Register first = register;
        atRegister((config, connection) ->
            OpenRegister.create(config.register(), connection, first, System.currentTimeMillis()));
    }
}
