package io.countersign.gateway.keys;

import io.countersign.client.BlockingClient;
import io.countersign.client.CommandAnswer;
import io.countersign.client.CommandRefusedException;
import io.countersign.client.OperatorClient;
import io.countersign.codecs.CommandText;
import io.countersign.gateway.GatewayFixture;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.register.OperatorRole;
import io.countersign.gateway.register.Register;
import io.countersign.hsm.KeySpec;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenConnection;
import io.countersign.hsm.TokenConnector;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;

import static org.junit.jupiter.api.Assertions.assertThrows;

/**
 * A gateway whose key {@code okx} (HMAC) and key {@code main} (Ed25519) are the register's, with enrolled operators.
 */
final class RegisterFixture implements AutoCloseable
{
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
          - {name: kim, api-key-versions: [1]}
          - {name: tom, api-key-versions: [1]}
          - {name: eve, api-key-versions: [1]}
        """;

    final TestOperator anna = new TestOperator("anna", OperatorRole.SECURITY_OFFICER);
    final TestOperator ben = new TestOperator("ben", OperatorRole.SECURITY_OFFICER);
    final TestOperator kim = new TestOperator("kim", OperatorRole.KEY_MANAGER);
    final TestOperator tom = new TestOperator("tom", OperatorRole.TRADER_SUPPORT);
    final TestOperator eve = new TestOperator("eve", OperatorRole.VIEWER);

    private final GatewayFixture fixture;
    private final Path file;

    RegisterFixture() throws Exception
    {
        fixture = new GatewayFixture();
        fixture.write("policy.yaml", POLICY);
        final KeySpec registerKey = fixture.token().importSecret("register", SigningAlgorithm.HMAC_SHA256,
            "the register key of this fixture".getBytes(StandardCharsets.US_ASCII));
        file = fixture.directory().resolve("register.jsonl");
        final String config = Files.readString(fixture.config());
        fixture.write("gateway.yaml", config.replaceFirst("keys:\n", """
            register:
              file: register.jsonl
              key:
                alias: register
                id: "%s"
                check-value: %s
            keys:
              - alias: main
                algorithm: Ed25519
                venue: binance-spot
              - alias: rsa
                algorithm: RSA-2048-PKCS1-SHA256
                venue: binance-spot
            """.formatted(
            HexFormat.of().formatHex(registerKey.id()), HexFormat.of().formatHex(registerKey.pinned()))));
        create();
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

    private void create() throws Exception
    {
        final GatewayConfig config = ConfigReader.read(fixture.config());
        Register first = Register.EMPTY;
        for (final TestOperator operator : List.of(anna, ben, kim, tom, eve))
        {
            first = first.withOperator(operator.entry());
        }
        try (TokenConnector connector = new TokenConnector(fixture.token().context().keys(List.of())
            .registerKey(config.register().key()));
            TokenConnection connection = connector.connect())
        {
            OpenRegister.create(config.register(), connection, first, System.currentTimeMillis());
        }
    }

    static List<String> lines(final Path path) throws IOException
    {
        return Files.readAllLines(path);
    }
}
