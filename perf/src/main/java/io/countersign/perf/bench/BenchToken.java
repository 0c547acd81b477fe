package io.countersign.perf.bench;

import io.countersign.hsm.KeySpec;
import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.ops.Countersign;
import io.countersign.perf.load.LoadBot;
import io.countersign.perf.load.LoadOrder;
import io.countersign.perf.peer.NullToken;
import io.countersign.perf.processes.MeasuringException;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HexFormat;
import java.util.Map;

/**
 * Makes a SoftHSM token with keys that it generates itself, the gateways' configurations, and the bots' API keys.
 */
final class BenchToken
{
    static final int BOTS = 16;

    private static final String MASTER_KEY_ID = "c0";
    private static final String AUDIT_KEY_ID = "c2";
    private static final int PIN_LENGTH = 8;

    private final BenchFiles files;
    private final Map<BenchKey, byte[]> pinnedByKey = new EnumMap<>(BenchKey.class);
    private String masterCheckValue;
    private String auditPublicKey;

    BenchToken(final BenchFiles files)
    {
        this.files = files;
    }

    void create() throws IOException, TokenException, MeasuringException
    {
        writePin(files.pin());
        writePin(files.securityOfficerPin());
        final PinSource pin = PinSource.file(files.pin());
        TokenProvisioner.initialiseToken(
            files.module(), BenchFiles.TOKEN_LABEL, PinSource.file(files.securityOfficerPin()), pin);
        try (TokenProvisioner token = TokenProvisioner.open(files.module(), BenchFiles.TOKEN_LABEL, null, pin))
        {
            masterCheckValue = HexFormat.of().formatHex(token.generateSecret(
                HexFormat.of().parseHex(MASTER_KEY_ID), "master", SigningAlgorithm.HMAC_SHA256));
            auditPublicKey = Base64.getEncoder().encodeToString(token.generateKeyPair(
                HexFormat.of().parseHex(AUDIT_KEY_ID), "audit", SigningAlgorithm.ED25519));
            for (final BenchKey key : BenchKey.values())
            {
                pinnedByKey.put(key, generate(token, key));
            }
        }
        Files.createDirectories(files.profiles());
        copy(BenchFiles.VENUE + ".yaml", files.profiles().resolve(BenchFiles.VENUE + ".yaml"));
        Files.writeString(files.policy(), policy());
    }

    /** Writes the configuration of a gateway that has all keys in SoftHSM. */
    void configureSoftHsm(final String life) throws IOException
    {
        final StringBuilder yaml = new StringBuilder(head(life));
        yaml.append("token:\n  module: %s\n  label: %s\n  pin-file: pin\n".formatted(
            files.module(), BenchFiles.TOKEN_LABEL));
        yaml.append(tail(life, ""));
        for (final BenchKey key : BenchKey.values())
        {
            yaml.append(key(key, "", pinnedByKey.get(key)));
        }
        Files.writeString(files.config(life), yaml);
    }

    /**
     * Writes the configuration of a gateway that has the HMAC key in the null token and all others in SoftHSM, so that
     * bots have the same API keys and seals are signed.
     */
    void configureNullToken(final String life) throws IOException
    {
        final String inSoftHsm = "token: softhsm, ";
        final StringBuilder yaml = new StringBuilder(head(life));
        yaml.append("""
            tokens:
              - {name: "null", module: %s, label: "%s", pin-file: pin}
              - {name: softhsm, module: %s, label: %s, pin-file: pin}
            """.formatted(files.nullModule(), NullToken.LABEL, files.module(), BenchFiles.TOKEN_LABEL));
        yaml.append(tail(life, inSoftHsm));
        yaml.append(key(BenchKey.HMAC, "token: \"null\", ", NullToken.measured(1).pinned()));
        for (final BenchKey key : EnumSet.complementOf(EnumSet.of(BenchKey.HMAC)))
        {
            yaml.append(key(key, inSoftHsm, pinnedByKey.get(key)));
        }
        Files.writeString(files.config(life), yaml);
    }

    /** Has the operators' command derive an API key for each bot. */
    void issueApiKeys(final String life) throws IOException, MeasuringException
    {
        Files.createDirectories(files.apiKeys());
        for (int number = 1; number <= BOTS; number++)
        {
            final String principal = LoadBot.principal(number);
            final StringWriter out = new StringWriter();
            final StringWriter err = new StringWriter();
            final int exitCode = Countersign.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(err))
                .execute("principals", "issue", "--config", files.config(life).toString(),
                    "--principal", principal, "--version", "1");
            if (0 != exitCode)
            {
                throw new MeasuringException("no API key could be issued to " + principal + ": " + err);
            }
            final Path file = files.apiKeys().resolve(principal + ".api-key");
            createPrivate(file);
            Files.writeString(file, out.toString().strip());
        }
    }

    /** A key as the token has it. */
    KeySpec spec(final BenchKey key)
    {
        return new KeySpec(
            key.alias(), 1, HexFormat.of().parseHex(key.id()), key.algorithm(), pinnedByKey.get(key), false);
    }

    private String head(final String life)
    {
        return """
            # Written by the rig. Paths are relative to this file.
            gateway:
              ingresses:
                - name: ipc:bots
                  aeron-directory: %s
              journal-directory: %s
              idle: spin
            journal:
              reserve-mib: 1024
            """.formatted(files.aeron(life), files.journal(life));
    }

    private String tail(final String life, final String tokenField)
    {
        return """
            authentication:
              master-key: {alias: master, %sid: "%s", check-value: "%s"}
            %svenue-profiles: profiles
            policy: policy.yaml
            keys:
            """.formatted(
            tokenField, MASTER_KEY_ID, masterCheckValue,
            BenchSteps.UNSEALED.equals(life) ? "" : audit(life, tokenField));
    }

    private String audit(final String life, final String tokenField)
    {
        return """
            audit:
              origin: %s
              key: {alias: audit, %sid: "%s", algorithm: Ed25519, public-key: %s}
              checkpoints: %s
            """.formatted(
            BenchFiles.ORIGIN, tokenField, AUDIT_KEY_ID, auditPublicKey, files.checkpoints(life));
    }

    private static String key(final BenchKey key, final String tokenField, final byte[] pinned)
    {
        return "  - {alias: %s, %sid: \"%s\", algorithm: %s, %s: \"%s\", venue: %s, api-key: bench-%s}%n".formatted(
            key.alias(),
            tokenField,
            key.id(),
            key.algorithm().configName(),
            key.algorithm().isMac() ? "check-value" : "public-key",
            key.algorithm().isMac() ?
                HexFormat.of().formatHex(pinned) : Base64.getEncoder().encodeToString(pinned),
            key.venue(),
            key.alias());
    }

    /** A policy as a desk has one: limits for messages, orders and turnover, high enough never to be reached. */
    private static String policy()
    {
        final StringBuilder yaml = new StringBuilder("""
            # Written by the rig.
            price-bands:
              %s: {min: 10000, max: 250000}
            roles:
              - name: desk
                max-messages: {per: 1s, count: 100000000}
                limits:
                  - {per: 1m, max-orders: 1000000000}
                  - {per: day, max-notional: 100000000000000}
                rules:
                  - name: trade
                    keys: [hmac, ed25519, p256, rsa]
                    operations: [new-order, cancel-order]
                    symbols: [ETHUSDT, %s]
                    order-types: [limit, limit-maker]
                    max-quantity: 0.5
                    max-notional: 50000
            principals:
            """.formatted(LoadOrder.SYMBOL, LoadOrder.SYMBOL));
        for (int number = 1; number <= BOTS; number++)
        {
            yaml.append("  - {name: %s, api-key-versions: [1], roles: [desk]}%n".formatted(LoadBot.principal(number)));
        }
        return yaml.toString();
    }

    private static byte[] generate(final TokenProvisioner token, final BenchKey key) throws TokenException
    {
        final byte[] id = HexFormat.of().parseHex(key.id());
        return key.algorithm().isMac() ?
            token.generateSecret(id, key.alias(), key.algorithm()) :
            token.generateKeyPair(id, key.alias(), key.algorithm());
    }

    private static void copy(final String resource, final Path file) throws IOException, MeasuringException
    {
        try (InputStream in = BenchToken.class.getResourceAsStream(resource))
        {
            if (null == in)
            {
                throw new MeasuringException(resource + " is missing in the jar; run 'make build'");
            }
            Files.copy(in, file);
        }
    }

    private static void writePin(final Path file) throws IOException
    {
        final byte[] digits = new byte[PIN_LENGTH];
        new SecureRandom().nextBytes(digits);
        final StringBuilder pin = new StringBuilder();
        for (final byte digit : digits)
        {
            pin.append((digit & 0xFF) % 10);
        }
        createPrivate(file);
        Files.write(file, pin.toString().getBytes(StandardCharsets.US_ASCII));
    }

    private static void createPrivate(final Path file) throws IOException
    {
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
    }
}
