# What `packer init` downloads for Packer 1.7 and later. Apart from the template, because Packer 1.6 has the Amazon builders
# built in and refuses this block.
packer {
  required_plugins {
    amazon = {
      source  = "github.com/hashicorp/amazon"
      version = ">= 1.2.0"
    }
  }
}
