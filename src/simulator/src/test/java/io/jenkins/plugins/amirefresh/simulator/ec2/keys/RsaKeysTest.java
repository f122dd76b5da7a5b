package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.Signature;
import java.security.interfaces.RSAPublicKey;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RsaKeysTest {

    @Test
    void whenManyAreAskedFor_thenEachIsItsOwnAndSigns() throws Exception {
        // given
        RsaKeys keys = new RsaKeys();
        byte[] text = "a challenge".getBytes(StandardCharsets.UTF_8);
        Set<BigInteger> moduli = new HashSet<>();

        for (int n = 0; n < 10; n++) {
            // when
            KeyPair pair = keys.next();

            // then
            RSAPublicKey open = (RSAPublicKey) pair.getPublic();
            assertThat(open.getModulus().bitLength()).isEqualTo(2048);
            assertThat(moduli.add(open.getModulus())).isTrue();
            Signature signature = Signature.getInstance("SHA256withRSA");
            signature.initSign(pair.getPrivate());
            signature.update(text);
            byte[] signed = signature.sign();
            signature.initVerify(open);
            signature.update(text);
            assertThat(signature.verify(signed)).isTrue();
        }
    }
}
