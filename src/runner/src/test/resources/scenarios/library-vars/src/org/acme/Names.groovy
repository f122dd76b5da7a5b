package org.acme

class Names implements Serializable {
    static String shout(String s) { s.toUpperCase() }
}
