package io.countersign.hsm;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotNull;
import static org.junit.jupiter.api.Assertions.assertNull;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

class SoftHsmContractTest extends ModuleContract
{
    @Override
    TestToken create(final Path directory) throws Exception
    {
        return TestToken.ofSoftHsm(SoftHsmFixture.create(), null);
    }

    @Override
    Map<SigningAlgorithm, String> methods()
    {
        final Map<SigningAlgorithm, String> methods = new EnumMap<>(SigningAlgorithm.class);
        methods.put(SigningAlgorithm.HMAC_SHA256, "CKM_SHA256_HMAC");
        methods.put(SigningAlgorithm.HMAC_SHA384, "CKM_SHA384_HMAC");
        methods.put(SigningAlgorithm.HMAC_SHA512, "CKM_SHA512_HMAC");
        methods.put(SigningAlgorithm.ED25519, "CKM_EDDSA");
        methods.put(SigningAlgorithm.ECDSA_P256, "CKM_ECDSA over SHA-256 made on the host");
        methods.put(SigningAlgorithm.ECDSA_SECP256K1, "CKM_ECDSA over SHA-256 made on the host");
        methods.put(SigningAlgorithm.ECDSA_SECP256K1_KECCAK256, "CKM_ECDSA");
        methods.put(SigningAlgorithm.RSA_2048, "CKM_SHA256_RSA_PKCS");
        return methods;
    }

    @Override
    Map<SigningAlgorithm, String> refusals()
    {
        return Map.of();
    }

    @Override
    String description()
    {
        return "SoftHSM project SoftHSM v2, library \"Implementation of PKCS11\" 2.";
    }

    /** Not of every module: NSS 3.87 may crash when a session is used that another part of the process has closed. */
    @Test
    void shouldSignAgainAfterSessionsOrLoginWereLost() throws Exception
    {
        final SigningAlgorithm algorithm = methods().keySet().iterator().next();
        token.add(algorithm);
        try (TokenConnector connector = new TokenConnector(token.context()))
        {
            try (TokenConnection connection = connector.connect())
            {
                final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
                assertNotNull(lane.sign(0, MESSAGE));
                try (TestToken.RawSession raw = token.raw())
                {
                    raw.closeAllSessions();
                }
                assertNull(lane.sign(0, MESSAGE));
                assertTrue(connection.inlineLane().isBroken());
            }

            try (TokenConnection connection = connector.connect())
            {
                assertEquals(2, connection.generation());
                final LaneSignatures lane = new LaneSignatures(connection.inlineLane());
                assertNotNull(lane.sign(0, MESSAGE));
                try (TestToken.RawSession raw = token.raw())
                {
                    raw.logout();
                }
                assertNull(lane.sign(0, MESSAGE));
            }

            try (TokenConnection connection = connector.connect())
            {
                assertEquals(3, connection.generation());
                assertNotNull(new LaneSignatures(connection.inlineLane()).sign(0, MESSAGE));
            }
        }
    }
}
