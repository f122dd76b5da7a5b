package io.jenkins.plugins.amirefresh.simulator.ec2.keys;

import java.math.BigInteger;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.SecureRandom;
import java.security.spec.RSAPrivateCrtKeySpec;
import java.security.spec.RSAPublicKeySpec;
import java.util.ArrayList;
import java.util.List;

/**
 * RSA keys of 2048 bits, each with a modulus of its own, that share their primes: finding a prime takes a tenth of a second,
 * and everybody else waits meanwhile. Good for machines that are simulated and for nothing else.
 */
final class RsaKeys {

    private static final int PRIME_BITS = 1024;
    private static final BigInteger EXPONENT = BigInteger.valueOf(65_537);

    private final SecureRandom random = new SecureRandom();
    private final List<BigInteger> primes = new ArrayList<>();
    private int first;
    private int second;

    /** A key that was not given before: the next two primes that were not multiplied yet. */
    KeyPair next() throws GeneralSecurityException {
        if (first >= second) {
            second++;
            first = 0;
        }
        while (primes.size() <= second) {
            primes.add(prime());
        }
        return of(primes.get(second), primes.get(first++));
    }

    /** With its two highest bits set, so that any two make 2048 bits. */
    private BigInteger prime() {
        BigInteger candidate;
        do {
            candidate = new BigInteger(PRIME_BITS, random)
                    .setBit(PRIME_BITS - 1)
                    .setBit(PRIME_BITS - 2)
                    .nextProbablePrime();
        } while (candidate.bitLength() != PRIME_BITS
                || candidate.subtract(BigInteger.ONE).mod(EXPONENT).signum() == 0
                || primes.contains(candidate));
        return candidate;
    }

    private static KeyPair of(BigInteger p, BigInteger q) throws GeneralSecurityException {
        BigInteger modulus = p.multiply(q);
        BigInteger pLess = p.subtract(BigInteger.ONE);
        BigInteger qLess = q.subtract(BigInteger.ONE);
        BigInteger secret = EXPONENT.modInverse(pLess.multiply(qLess));
        KeyFactory keys = KeyFactory.getInstance("RSA");
        return new KeyPair(
                keys.generatePublic(new RSAPublicKeySpec(modulus, EXPONENT)),
                keys.generatePrivate(new RSAPrivateCrtKeySpec(
                        modulus, EXPONENT, secret, p, q, secret.mod(pLess), secret.mod(qLess), q.modInverse(p))));
    }
}
