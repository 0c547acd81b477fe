package io.countersign.perf.demo;

import io.countersign.hsm.PinSource;
import io.countersign.hsm.SigningAlgorithm;
import io.countersign.hsm.TokenException;
import io.countersign.hsm.TokenProvisioner;
import io.countersign.perf.demo.PublishedExamples.Key;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

/**
 * Makes a token with the published keys, and the gateway's configuration for it.
 */
final class TokenSetup
{
    private static final String MASTER_KEY_ID = "c0";
    private static final String AUDIT_KEY_ID = "c2";
    private static final String POLICY = """
        # Written by the demonstration.
        principals:
          - name: maker-hmac
            api-key-versions: [1]
            rules:
              - name: trade-doc
                keys: [binance-doc-hmac]
                operations: [new-order, cancel-order]
                symbols: [LTCBTC, "１２３４５６"]
                max-quantity: 10
              - name: manage-sdk
                keys: [binance-sdk-hmac]
                operations: [cancel-order, query-order, query-account]
                symbols: [BNBUSDT, LTCBTC]
          - name: maker-ed25519
            api-key-versions: [1]
            rules:
              - name: trade-btc
                keys: [binance-sdk-ed25519]
                operations: [new-order, cancel-order, query-account]
                symbols: [BTCUSDT]
              - name: read-rsa
                keys: [binance-sdk-rsa]
                operations: [query-account]
        """;

    private final DemoFiles files;
    private final StringBuilder yaml = new StringBuilder();

    TokenSetup(final DemoFiles files)
    {
        this.files = files;
    }

    void run(final PublishedExamples examples) throws IOException, TokenException
    {
        writePin(files.pin());
        writePin(files.securityOfficerPin());
        final PinSource pin = PinSource.file(files.pin());
        TokenProvisioner.initialiseToken(
            files.module(), DemoFiles.TOKEN_LABEL, PinSource.file(files.securityOfficerPin()), pin);
        yaml.append("""
            # Written by the demonstration. Paths are relative to this file.
            gateway:
              ingresses:
                - name: ipc:bots
                  aeron-directory: aeron
              journal-directory: journal
              idle: spin
            token:
              module: %s
              label: %s
              pin-file: pin
            """.formatted(files.module(), DemoFiles.TOKEN_LABEL));
        try (TokenProvisioner token =
            TokenProvisioner.open(files.module(), DemoFiles.TOKEN_LABEL, null, pin))
        {
            importMasterKey(token);
            generateAuditKey(token);
            yaml.append("keys:\n");
            for (final Key key : examples.keys())
            {
                importKey(token, key);
            }
        }
        yaml.append("policy: policy.yaml\n");
        Files.writeString(files.config(), yaml);
        Files.writeString(files.policy(), POLICY);
    }

    private void importMasterKey(final TokenProvisioner token) throws TokenException
    {
        final byte[] secret = new byte[32];
        new SecureRandom().nextBytes(secret);
        final byte[] checkValue = token.importSecret(
            HexFormat.of().parseHex(MASTER_KEY_ID), "master", SigningAlgorithm.HMAC_SHA256, secret);
        yaml.append("""
            authentication:
              master-key:
                alias: master
                id: "%s"
                check-value: "%s"
            """.formatted(MASTER_KEY_ID, HexFormat.of().formatHex(checkValue)));
    }

    private void generateAuditKey(final TokenProvisioner token) throws TokenException
    {
        final byte[] publicKey =
            token.generateKeyPair(HexFormat.of().parseHex(AUDIT_KEY_ID), "audit", SigningAlgorithm.ED25519);
        yaml.append("""
            audit:
              origin: %s
              key:
                alias: audit
                id: "%s"
                algorithm: Ed25519
                public-key: %s
              checkpoints: checkpoints
            """.formatted(DemoFiles.ORIGIN, AUDIT_KEY_ID, Base64.getEncoder().encodeToString(publicKey)));
    }

    private void importKey(final TokenProvisioner token, final Key key) throws TokenException
    {
        final byte[] id = HexFormat.of().parseHex(key.text("id"));
        final String alias = key.text("alias");
        final boolean isMac = key.algorithm().isMac();
        final byte[] pinned = isMac ?
            token.importSecret(id, alias, key.algorithm(), key.material()) :
            token.importPrivateKey(id, alias, key.algorithm(), key.material());
        yaml.append("""
              - alias: %s
                id: "%s"
                algorithm: %s
                %s: %s
                venue: binance-spot
                api-key: %s
                example-timestamp-ms: %s
            """.formatted(
            alias,
            key.text("id"),
            key.text("algorithm"),
            isMac ? "check-value" : "public-key",
            isMac ? HexFormat.of().formatHex(pinned) : Base64.getEncoder().encodeToString(pinned),
            key.text("api-key"),
            key.text("example-timestamp-ms")));
    }

    private static void writePin(final Path file) throws IOException
    {
        final byte[] digits = new byte[8];
        new SecureRandom().nextBytes(digits);
        final StringBuilder pin = new StringBuilder();
        for (final byte digit : digits)
        {
            pin.append((digit & 0xFF) % 10);
        }
        Files.createFile(file, PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        Files.write(file, pin.toString().getBytes(StandardCharsets.US_ASCII));
    }
}
