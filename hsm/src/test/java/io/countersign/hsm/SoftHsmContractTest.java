package io.countersign.hsm;

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
}
