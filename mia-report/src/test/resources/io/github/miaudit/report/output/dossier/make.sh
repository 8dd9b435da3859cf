#!/bin/sh
# Keys of tests and of nothing else. private.pem is the secret key of RFC 8032, 7.1, TEST 1, in PKCS#8; public.pem its public key there.
printf '302e020100300506032b657004220420%s' 9d61b19deffd5a60ba844af492ec2cc44449c5697b326919703bac031cae7f60 \
    | xxd -r -p | openssl pkey -inform DER -out private.pem
openssl pkey -in private.pem -pubout -out public.pem
openssl genpkey -algorithm ed25519 | openssl pkey -pubout -out other-public.pem
