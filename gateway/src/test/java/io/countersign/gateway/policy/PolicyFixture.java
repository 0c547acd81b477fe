package io.countersign.gateway.policy;

import io.countersign.gateway.config.ConfigException;
import io.countersign.gateway.config.ConfigReader;
import io.countersign.gateway.config.GatewayConfig;
import io.countersign.gateway.config.PolicyConfig;
import io.countersign.gateway.config.PolicyReader;

import java.nio.file.Path;

/**
 * Policies from text, for a gateway with the keys {@code key}, {@code other} and {@code third}.
 */
public final class PolicyFixture
{
    /** A whole gateway configuration. */
    public static final String CONFIG = """
        gateway:
          ingresses:
            - {name: "ipc:bots", aeron-directory: aeron}
            - {name: "udp:desk", aeron-directory: desk, endpoint: "127.0.0.1:40123", egress-port: 40124}
          journal-directory: journal
        token: {module: module.so, label: token, pin-file: pin}
        authentication:
          master-key: {alias: master, id: "0f", check-value: ffeeddccbbaa99887766554433221100}
          access-tokens: {issuer: "https://idp.example/", audience: countersign, jwks-file: jwks.json}
        keys:
          - {alias: key, id: "01", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: other, id: "02", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
          - {alias: third, id: "03", algorithm: HMAC-SHA256, check-value: 00112233445566778899aabbccddeeff,
             venue: binance-spot, api-key: public}
        policy: policy.yaml
        """;

    private PolicyFixture()
    {
    }

    public static GatewayConfig gateway()
    {
        try
        {
            return ConfigReader.of(Path.of("target", "gateway.yaml"), CONFIG);
        }
        catch (final ConfigException ex)
        {
            throw new AssertionError(ex);
        }
    }

    public static PolicyConfig config(final String policy)
    {
        try
        {
            return PolicyReader.of(Path.of("target", "policy.yaml"), policy, gateway());
        }
        catch (final ConfigException ex)
        {
            throw new AssertionError(ex);
        }
    }

    public static Policy policy(final String policy)
    {
        return PolicyCompiler.compile(config(policy));
    }
}
