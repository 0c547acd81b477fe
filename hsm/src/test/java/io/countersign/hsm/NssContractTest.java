package io.countersign.hsm;

import java.nio.file.Path;
import java.util.EnumMap;
import java.util.Map;

class NssContractTest extends ModuleContract
{
    @Override
    TestToken create(final Path directory) throws Exception
    {
        return NssToken.create(directory);
    }

    @Override
    Map<SigningAlgorithm, String> methods()
    {
        final Map<SigningAlgorithm, String> methods = new EnumMap<>(SigningAlgorithm.class);
        methods.put(SigningAlgorithm.HMAC_SHA256, "CKM_SHA256_HMAC");
        methods.put(SigningAlgorithm.HMAC_SHA384, "CKM_SHA384_HMAC");
        methods.put(SigningAlgorithm.HMAC_SHA512, "CKM_SHA512_HMAC");
        methods.put(SigningAlgorithm.ECDSA_P256, "CKM_ECDSA over SHA-256 made on the host");
        methods.put(SigningAlgorithm.RSA_2048, "CKM_SHA256_RSA_PKCS");
        return methods;
    }

    @Override
    Map<SigningAlgorithm, String> refusals()
    {
        return Map.of(
            SigningAlgorithm.ED25519, "cannot sign with it, it has no CKM_EDDSA: ",
            SigningAlgorithm.ECDSA_SECP256K1, "C_GenerateKeyPair gave CKR_DOMAIN_PARAMS_INVALID",
            SigningAlgorithm.ECDSA_SECP256K1_KECCAK256, "C_GenerateKeyPair gave CKR_DOMAIN_PARAMS_INVALID");
    }

    @Override
    String description()
    {
        return "Mozilla Foundation NSS 3, library \"NSS Internal Crypto Services\" 3.";
    }
}
